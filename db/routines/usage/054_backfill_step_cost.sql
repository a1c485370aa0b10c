-- For steps that were written by SQL: a run of a worker settles its own. The step's row is held, so that two callers write one row of the ledger.
create or replace function public.backfill_step_cost(p_step uuid, p_model text, p_provider text) returns numeric
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    step  public.run_steps;
    entry public.token_usage;
begin
    select s.* into step
    from public.run_steps s
    where s.organization_id = overmind.org_id() and s.id = p_step
    for no key update;
    if not found then
        raise exception using errcode = 'no_data_found', message = format('There is no step %s', p_step);
    end if;
    if exists (
        select
        from public.token_usage u
        where u.organization_id = step.organization_id and u.run_id = step.run_id and u.step_id = step.id) then
        return step.cost_usd;
    end if;

    entry.organization_id := step.organization_id;
    entry.provider := p_provider;
    entry.model := p_model;
    entry.tokens_input := step.tokens_input;
    entry.tokens_output := step.tokens_output;
    entry.created_at := coalesce(step.started_at, step.created_at);
    select p.cost, p.price_id into entry.cost, entry.price_id from overmind.price_usage(entry) as p;
    insert into public.token_usage (
        user_id, conversation_id, run_id, step_id, attempt, provider, model, status, tokens_input, tokens_output, cost, price_id, outcome,
        latency_ms, metadata, created_at, settled_at)
    select
        step.user_id, r.conversation_id, step.run_id, step.id, step.attempt, p_provider, p_model, 'settled', step.tokens_input,
        step.tokens_output, entry.cost, entry.price_id, case when step.status = 'failed' then 'failed' else 'succeeded' end,
        step.latency_ms, '{"backfilled": true}', entry.created_at, clock_timestamp()
    from public.workflow_runs r
    where r.organization_id = step.organization_id and r.id = step.run_id;

    update public.run_steps s
    set provider = p_provider,
        model = p_model,
        cost_usd = entry.cost
    where s.organization_id = step.organization_id and s.id = step.id;
    perform overmind.sum_runs(step.organization_id, array[step.run_id]);
    return entry.cost;
end
$$;
comment on function public.backfill_step_cost(uuid, text, text) is
    'Prices a step by its tokens, writes its row of the ledger and adds it to its run''s totals; once: a step that the ledger has is left as it is. Returns the step''s cost in US dollars, not rounded; null when no price is known.';
revoke all on function public.backfill_step_cost(uuid, text, text) from public;
grant execute on function public.backfill_step_cost(uuid, text, text) to authenticated, service_role;
