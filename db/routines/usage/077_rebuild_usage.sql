-- Definer, because it counts what all members of the organization have used. Calls go on meanwhile: its second half is one statement, whose snapshot has of each
-- call both the row and its change or neither, and what comes later is folded later. Runs and messages may be gone since, so their sums are kept: those of
-- hours as they are, those of days as sums of hours.
create or replace function overmind.rebuild_usage(p_organization_id uuid) returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_zone  text;
    counted bigint;
begin
    perform pg_advisory_xact_lock(hashtextextended('overmind.fold_usage', 0));
    select o.timezone into v_zone
    from public.organizations o
    where o.id = p_organization_id
    for no key update;
    if not found then
        return 0;
    end if;
    update public.organizations o
    set usage_timezone = v_zone
    where o.id = p_organization_id
      and o.usage_timezone is distinct from v_zone;

    delete from public.usage_latencies l
    where l.organization_id = p_organization_id;
    delete from public.usage_totals t
    where t.organization_id = p_organization_id
      and (t.grain <> 'hour' or t.queries = 0 and t.messages = 0 and t.n2_triggers = 0 and t.errors = 0 and t.scored = 0);
    update public.usage_totals t
    set calls = 0,
        unpriced_calls = 0,
        tokens_input = 0,
        tokens_output = 0,
        tokens_cached = 0,
        cost = 0,
        latency_ms = 0,
        timed_calls = 0
    where t.organization_id = p_organization_id
      and t.calls <> 0;
    insert into public.usage_totals (
        organization_id, dimension, grain, metric_date, user_id, subject, currency, queries, messages, n2_triggers, errors, quality_sum, scored, created_at)
    select
        p_organization_id, t.dimension, 'day', ((t.metric_date + make_interval(hours => t.metric_hour)) at time zone 'UTC' at time zone v_zone)::date,
        t.user_id, t.subject, t.currency, sum(t.queries), sum(t.messages), sum(t.n2_triggers), sum(t.errors), sum(t.quality_sum), sum(t.scored), min(t.created_at)
    from public.usage_totals t
    where t.organization_id = p_organization_id
    group by 2, 4, 5, 6, 7;

    with taken as (
        delete from public.usage_changes c
        where c.organization_id = p_organization_id
          and c.provider is not null
    ),
    sums as materialized (
        select s.*
        from overmind.ledger_sums(p_organization_id) as s
    ),
    timed as (
        insert into public.usage_latencies (organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, latency_bucket, calls)
        select p_organization_id, s.dimension, s.grain, s.metric_date, s.metric_hour, s.user_id, s.subject, s.latency_bucket, s.calls
        from sums s
        where s.part = 'latencies'
        -- As reports read them, from few pages.
        order by s.dimension, s.grain, s.metric_date, s.metric_hour, s.user_id, s.subject, s.latency_bucket
    ),
    added as (
        insert into public.usage_totals as u (
            organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, currency,
            calls, unpriced_calls, tokens_input, tokens_output, tokens_cached, cost, latency_ms, timed_calls)
        select
            p_organization_id, s.dimension, s.grain, s.metric_date, s.metric_hour, s.user_id, s.subject, s.currency,
            s.calls, s.unpriced_calls, s.tokens_input, s.tokens_output, s.tokens_cached, s.cost, s.latency_ms, s.timed_calls
        from sums s
        where s.part = 'sums'
        order by s.dimension, s.grain, s.metric_date, s.metric_hour, s.user_id, s.subject
        on conflict on constraint usage_totals_key do update
        set calls = u.calls + excluded.calls,
            unpriced_calls = u.unpriced_calls + excluded.unpriced_calls,
            tokens_input = u.tokens_input + excluded.tokens_input,
            tokens_output = u.tokens_output + excluded.tokens_output,
            tokens_cached = u.tokens_cached + excluded.tokens_cached,
            cost = u.cost + excluded.cost,
            latency_ms = u.latency_ms + excluded.latency_ms,
            timed_calls = u.timed_calls + excluded.timed_calls
    )
    select coalesce(sum(s.calls), 0) into counted
    from sums s
    where s.part = 'sums'
      and s.dimension = 'organization'
      and s.grain = 'hour';
    return counted;
end
$$;
comment on function overmind.rebuild_usage(uuid) is
    'Sums up the usage of an organization anew, from its ledger and by the days of its time zone, while calls go on. Returns how many calls it counted.';
revoke all on function overmind.rebuild_usage(uuid) from public;
grant execute on function overmind.rebuild_usage(uuid) to service_role;
