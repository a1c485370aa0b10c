-- Definer, because it folds what all organizations have changed, into tables that nobody may write. What is taken and what is added are one statement, so that
-- each change counts exactly once, whenever the server dies.
create or replace function overmind.fold_usage(p_limit integer default 20000) returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    folded bigint;
begin
    -- One node at a time; the others have nothing to do.
    if not pg_try_advisory_xact_lock(hashtextextended('overmind.fold_usage', 0)) then
        return 0;
    end if;

    with taken as (
        delete from public.usage_changes c
        where c.ctid = any (array(select n.ctid from public.usage_changes n limit p_limit))
        returning c.*
    ),
    -- One that is purged meanwhile waits for this, and one that is gone has no sums.
    zones as (
        select o.id, coalesce(o.usage_timezone, 'UTC') as zone
        from public.organizations o
        where o.id in (select t.organization_id from taken t)
        for key share
    ),
    placed as (
        select
            t.*, date_trunc('hour', t.created_at at time zone 'UTC') as utc_hour, d.local_day, overmind.usage_day_hour(t.created_at, d.local_day, z.zone) as day_hour
        from taken t
        join zones z on z.id = t.organization_id
        cross join lateral (select (t.created_at at time zone z.zone)::date as local_day) as d
    ),
    facts as (
        select
            p.organization_id, p.user_id, p.operation, p.provider, p.model, p.project_id, p.workflow_key, p.api_key_id, p.currency, p.utc_hour,
            p.local_day, p.day_hour, case when p.provider is not null then '' end as is_call,
            sum(p.calls) as calls, sum(p.unpriced_calls) as unpriced_calls,
            sum(p.tokens_input) as tokens_input, sum(p.tokens_output) as tokens_output, sum(p.tokens_cached) as tokens_cached, sum(p.cost) as cost,
            coalesce(sum(p.latency_ms::bigint * p.calls), 0) as latency_ms, coalesce(sum(p.calls) filter (where p.latency_ms is not null), 0) as timed_calls,
            sum(p.queries) as queries, sum(p.messages) as messages, sum(p.n2_triggers) as n2_triggers, sum(p.errors) as errors,
            sum(p.quality_sum) as quality_sum, sum(p.scored) as scored
        from placed p
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    ),
    -- By one dimension at a time, before each of them becomes keys by hour and day.
    parts as (
        select
            case grouping(f.user_id, f.model, f.operation, f.project_id, f.workflow_key, f.api_key_id)
                when 31 then 'user' when 47 then 'model' when 55 then 'operation' when 59 then 'project' when 61 then 'workflow' when 62 then 'api_key' else 'organization'
            end as dimension,
            f.organization_id, f.user_id, f.operation, coalesce(f.provider, f.is_call) as provider, f.model, f.project_id, f.workflow_key, f.api_key_id, f.currency,
            f.utc_hour, f.local_day, f.day_hour,
            sum(f.calls) as calls, sum(f.unpriced_calls) as unpriced_calls,
            sum(f.tokens_input) as tokens_input, sum(f.tokens_output) as tokens_output, sum(f.tokens_cached) as tokens_cached, sum(f.cost) as cost,
            sum(f.latency_ms) as latency_ms, sum(f.timed_calls) as timed_calls,
            sum(f.queries) as queries, sum(f.messages) as messages, sum(f.n2_triggers) as n2_triggers, sum(f.errors) as errors,
            sum(f.quality_sum) as quality_sum, sum(f.scored) as scored
        from facts f
        group by f.organization_id, f.currency, f.is_call, f.utc_hour, f.local_day, f.day_hour,
            grouping sets ((), (f.user_id), (f.provider, f.model), (f.operation), (f.project_id), (f.workflow_key), (f.api_key_id))
    ),
    timed as (
        select
            case grouping(p.user_id, p.model) when 1 then 'user' when 2 then 'model' else 'organization' end as dimension,
            p.organization_id, p.user_id, coalesce(p.provider, '') as provider, p.model, p.utc_hour, p.local_day, p.latency_bucket, sum(p.calls) as calls
        from (
            select t.organization_id, t.user_id, t.provider, t.model, t.utc_hour, t.local_day, overmind.latency_bucket(t.latency_ms) as latency_bucket, sum(t.calls) as calls
            from placed t
            where t.latency_ms is not null
            group by 1, 2, 3, 4, 5, 6, 7) as p
        group by p.organization_id, p.utc_hour, p.local_day, p.latency_bucket, grouping sets ((), (p.user_id), (p.provider, p.model))
    ),
    totals as (
        insert into public.usage_totals as u (
            organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, currency,
            calls, unpriced_calls, tokens_input, tokens_output, tokens_cached, cost, latency_ms, timed_calls,
            queries, messages, n2_triggers, errors, quality_sum, scored)
        select
            f.organization_id, k.dimension, k.grain, k.metric_date, k.metric_hour, k.user_id, k.subject, f.currency,
            sum(f.calls), sum(f.unpriced_calls), sum(f.tokens_input), sum(f.tokens_output), sum(f.tokens_cached), sum(f.cost),
            sum(f.latency_ms), sum(f.timed_calls),
            sum(f.queries), sum(f.messages), sum(f.n2_triggers), sum(f.errors), sum(f.quality_sum), sum(f.scored)
        from parts f
        cross join lateral overmind.usage_keys(
            f.user_id, f.operation, f.provider, f.model, f.project_id, f.workflow_key, f.api_key_id, f.utc_hour, f.local_day, f.day_hour) as k
        where k.dimension = f.dimension
        group by 1, 2, 3, 4, 5, 6, 7, 8
        order by 1, 2, 3, 4, 5, 6, 7, 8
        on conflict on constraint usage_totals_key do update
        set calls = u.calls + excluded.calls,
            unpriced_calls = u.unpriced_calls + excluded.unpriced_calls,
            tokens_input = u.tokens_input + excluded.tokens_input,
            tokens_output = u.tokens_output + excluded.tokens_output,
            tokens_cached = u.tokens_cached + excluded.tokens_cached,
            cost = u.cost + excluded.cost,
            latency_ms = u.latency_ms + excluded.latency_ms,
            timed_calls = u.timed_calls + excluded.timed_calls,
            queries = u.queries + excluded.queries,
            messages = u.messages + excluded.messages,
            n2_triggers = u.n2_triggers + excluded.n2_triggers,
            errors = u.errors + excluded.errors,
            quality_sum = u.quality_sum + excluded.quality_sum,
            scored = u.scored + excluded.scored,
            folded_at = excluded.folded_at
    ),
    latencies as (
        insert into public.usage_latencies as u (
            organization_id, dimension, grain, metric_date, metric_hour, user_id, subject, latency_bucket, calls)
        select t.organization_id, k.dimension, k.grain, k.metric_date, k.metric_hour, k.user_id, k.subject, t.latency_bucket, sum(t.calls)
        from timed t
        cross join lateral overmind.usage_keys(t.user_id, null, t.provider, t.model, null, null, null, t.utc_hour, t.local_day, null) as k
        where k.dimension = t.dimension
          and k.grain <> 'day_hour'
        group by 1, 2, 3, 4, 5, 6, 7, 8
        order by 1, 2, 3, 4, 5, 6, 7, 8
        on conflict on constraint usage_latencies_key do update
        set calls = u.calls + excluded.calls
    )
    select count(*) into folded from taken;
    return folded;
end
$$;
comment on function overmind.fold_usage(integer) is
    'Adds up to p_limit changes of usage to usage_totals and usage_latencies and removes them from usage_changes. Returns how many.';
revoke all on function overmind.fold_usage(integer) from public;
grant execute on function overmind.fold_usage(integer) to service_role;
