-- Definer, because it counts what all members of the organization have used. Calls go on meanwhile: its second half is one statement, whose snapshot has of each
-- call both the row and its change or neither, and what comes later is folded later. Runs and messages may be gone since, so their sums are kept: those of
-- hours as they are, those of days as sums of hours.
create or replace function overmind.rebuild_usage(p_organization_id uuid) returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
    -- Millions of calls fall into few sums: they are hashed, not sorted.
    set enable_sort = off
    set work_mem = '128MB'
    set jit = off
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
    placed as (
        select
            l.user_id, l.operation, l.provider, l.model, l.project_id, l.workflow_key, l.api_key_id, l.currency,
            l.tokens_input, l.tokens_output, l.tokens_cached, l.cost, l.latency_ms,
            date_trunc('hour', l.created_at at time zone 'UTC') as utc_hour, d.local_day, overmind.usage_day_hour(l.created_at, d.local_day, v_zone) as day_hour
        from public.token_usage l
        cross join lateral (select (l.created_at at time zone v_zone)::date as local_day) as d
        where l.organization_id = p_organization_id
          and l.status = 'settled'
          and l.outcome is distinct from 'blocked'
    ),
    -- The sets are those of usage_keys(), which then says what each is called: so that it is asked once a sum and not once a call.
    sums as (
        select
            case grouping(p.user_id, p.model, p.operation, p.project_id, p.workflow_key, p.api_key_id)
                when 63 then 'organization' when 31 then 'user' when 47 then 'model' when 55 then 'operation' when 59 then 'project' when 61 then 'workflow'
                else 'api_key' end as dimension,
            case grouping(p.utc_hour, p.local_day, p.day_hour) when 3 then 'hour' when 5 then 'day' else 'day_hour' end as grain,
            p.user_id, p.operation, p.provider, p.model, p.project_id, p.workflow_key, p.api_key_id, p.currency, p.utc_hour, p.local_day, p.day_hour,
            count(*) as calls, count(*) - count(p.cost) as unpriced_calls, coalesce(sum(p.tokens_input), 0) as tokens_input,
            coalesce(sum(p.tokens_output), 0) as tokens_output, coalesce(sum(p.tokens_cached), 0) as tokens_cached, coalesce(sum(p.cost), 0) as cost,
            coalesce(sum(p.latency_ms), 0) as latency_ms, count(p.latency_ms) as timed_calls
        from placed p
        group by grouping sets (
            (p.currency, p.utc_hour), (p.currency, p.local_day), (p.currency, p.local_day, p.day_hour),
            (p.currency, p.user_id, p.utc_hour), (p.currency, p.user_id, p.local_day),
            (p.currency, p.provider, p.model, p.utc_hour), (p.currency, p.provider, p.model, p.local_day),
            (p.currency, p.operation, p.utc_hour), (p.currency, p.operation, p.local_day),
            (p.currency, p.project_id, p.utc_hour), (p.currency, p.project_id, p.local_day),
            (p.currency, p.workflow_key, p.utc_hour), (p.currency, p.workflow_key, p.local_day),
            (p.currency, p.api_key_id, p.utc_hour), (p.currency, p.api_key_id, p.local_day))
    ),
    buckets as (
        select
            case grouping(p.user_id, p.model) when 3 then 'organization' when 1 then 'user' else 'model' end as dimension,
            case grouping(p.utc_hour, p.local_day) when 1 then 'hour' else 'day' end as grain,
            p.user_id, p.provider, p.model, p.utc_hour, p.local_day, overmind.latency_bucket(p.latency_ms) as latency_bucket, count(*) as calls
        from placed p
        where p.latency_ms is not null
        group by grouping sets (
            (overmind.latency_bucket(p.latency_ms), p.utc_hour), (overmind.latency_bucket(p.latency_ms), p.local_day),
            (overmind.latency_bucket(p.latency_ms), p.user_id, p.utc_hour), (overmind.latency_bucket(p.latency_ms), p.user_id, p.local_day),
            (overmind.latency_bucket(p.latency_ms), p.provider, p.model, p.utc_hour), (overmind.latency_bucket(p.latency_ms), p.provider, p.model, p.local_day))
    ),
    timed as (
        insert into public.usage_latencies (organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, latency_bucket, calls)
        select p_organization_id, k.dimension, k.grain, k.metric_date, k.metric_hour, k.user_id, k.subject, b.latency_bucket, b.calls
        from buckets b
        cross join lateral unnest(overmind.usage_keys(b.user_id, null, coalesce(b.provider, ''), b.model, null, null, null, b.utc_hour, b.local_day, null)) as k
        where k.dimension = b.dimension
          and k.grain = b.grain
    ),
    added as (
        insert into public.usage_totals as u (
            organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, currency,
            calls, unpriced_calls, tokens_input, tokens_output, tokens_cached, cost, latency_ms, timed_calls)
        select
            p_organization_id, k.dimension, k.grain, k.metric_date, k.metric_hour, k.user_id, k.subject, s.currency,
            s.calls, s.unpriced_calls, s.tokens_input, s.tokens_output, s.tokens_cached, s.cost, s.latency_ms, s.timed_calls
        from sums s
        cross join lateral unnest(overmind.usage_keys(
            s.user_id, s.operation, coalesce(s.provider, ''), s.model, s.project_id, s.workflow_key, s.api_key_id, s.utc_hour, s.local_day, s.day_hour)) as k
        where k.dimension = s.dimension
          and k.grain = s.grain
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
    select count(*) into counted
    from public.token_usage l
    where l.organization_id = p_organization_id
      and l.status = 'settled'
      and l.outcome is distinct from 'blocked';
    return counted;
end
$$;
comment on function overmind.rebuild_usage(uuid) is
    'Sums up the usage of an organization anew, from its ledger and by the days of its time zone, while calls go on. Returns how many calls it counted.';
revoke all on function overmind.rebuild_usage(uuid) from public;
grant execute on function overmind.rebuild_usage(uuid) to service_role;
