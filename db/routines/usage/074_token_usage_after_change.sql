-- A call counts when it is settled; one that changes or goes is taken back first. Definer, because nobody may write changes by hand; it tells of the row
-- that its caller was allowed to write.
-- By row: most statements write one call, and that is 0.93 of the rate of no trigger, 0.85 by statement over a transition table (16 writers on 2 busy cores;
-- 100,000 calls in one statement take 2.7 s by row, 1.5 s by statement). It sees what is written into a partition by its own name, too.
create or replace function overmind.token_usage_after_change() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if old.status = 'settled' then
        -- Of an organization that is purged, all goes.
        if tg_op = 'DELETE' and not exists (select from public.organizations o where o.id = old.organization_id) then
            return null;
        end if;
        insert into public.usage_changes (
            organization_id, user_id, created_at, operation, provider, model, project_id, workflow_key, api_key_id, currency,
            calls, unpriced_calls, tokens_input, tokens_output, tokens_cached, cost, latency_ms)
        values (
            old.organization_id, old.user_id, old.created_at, old.operation, old.provider, old.model, old.project_id, old.workflow_key,
            old.api_key_id, old.currency,
            -1, case when old.cost is null then -1 else 0 end,
            -coalesce(old.tokens_input, 0), -coalesce(old.tokens_output, 0), -coalesce(old.tokens_cached, 0), -coalesce(old.cost, 0), old.latency_ms);
    end if;
    if new.status = 'settled' then
        insert into public.usage_changes (
            organization_id, user_id, created_at, operation, provider, model, project_id, workflow_key, api_key_id, currency,
            calls, unpriced_calls, tokens_input, tokens_output, tokens_cached, cost, latency_ms)
        values (
            new.organization_id, new.user_id, new.created_at, new.operation, new.provider, new.model, new.project_id, new.workflow_key,
            new.api_key_id, new.currency,
            1, case when new.cost is null then 1 else 0 end,
            coalesce(new.tokens_input, 0), coalesce(new.tokens_output, 0), coalesce(new.tokens_cached, 0), coalesce(new.cost, 0), new.latency_ms);
    end if;
    return null;
end
$$;
comment on function overmind.token_usage_after_change() is 'Trigger: notes in usage_changes what a row of the ledger adds to the sums of usage or takes from them.';
revoke all on function overmind.token_usage_after_change() from public;

create or replace trigger token_usage_after_insert
    after insert on public.token_usage
    for each row
    when (new.status = 'settled' and new.outcome is distinct from 'blocked')
    execute function overmind.token_usage_after_change();

create or replace trigger token_usage_after_update
    after update on public.token_usage
    for each row
    when (
        (old.status = 'settled' or new.status = 'settled')
        and (
            old.organization_id is distinct from new.organization_id
            or old.user_id is distinct from new.user_id
            or old.created_at is distinct from new.created_at
            or old.operation is distinct from new.operation
            or old.provider is distinct from new.provider
            or old.model is distinct from new.model
            or old.project_id is distinct from new.project_id
            or old.workflow_key is distinct from new.workflow_key
            or old.api_key_id is distinct from new.api_key_id
            or old.currency is distinct from new.currency
            or old.status is distinct from new.status
            or old.tokens_input is distinct from new.tokens_input
            or old.tokens_output is distinct from new.tokens_output
            or old.tokens_cached is distinct from new.tokens_cached
            or old.cost is distinct from new.cost
            or old.latency_ms is distinct from new.latency_ms))
    execute function overmind.token_usage_after_change();

create or replace trigger token_usage_after_delete
    after delete on public.token_usage
    for each row
    when (old.status = 'settled' and old.outcome is distinct from 'blocked')
    execute function overmind.token_usage_after_change();
