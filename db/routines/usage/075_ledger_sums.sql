-- Stable: all that it reads is of its caller's snapshot, so that the ledger is summed up as it was at one moment, one dimension after the other. All of them at once
-- hold millions of sums in memory, or beside it: of ten million calls 30 GB on disk.
create or replace function overmind.ledger_sums(p_organization_id uuid)
    returns table (
        part text, dimension text, grain text, metric_date date, metric_hour smallint, user_id uuid, subject text, currency text, latency_bucket smallint,
        calls bigint, unpriced_calls bigint, tokens_input numeric, tokens_output numeric, tokens_cached numeric, cost numeric, latency_ms numeric, timed_calls bigint)
    language plpgsql
    stable
    set search_path = pg_catalog, public, pg_temp
    -- Millions of calls fall into few sums: they are hashed, not sorted.
    set enable_sort = off
    set work_mem = '256MB'
    set jit = off
as $$
declare
    zone constant text := (select coalesce(o.usage_timezone, 'UTC') from public.organizations o where o.id = p_organization_id);
    placed constant text := format($sql$
        select
            l.*, date_trunc('hour', l.created_at at time zone 'UTC') as utc_hour, d.local_day, overmind.usage_day_hour(l.created_at, d.local_day, %1$L) as day_hour,
            overmind.latency_bucket(l.latency_ms) as latency_bucket
        from public.token_usage l
        cross join lateral (select (l.created_at at time zone %1$L)::date as local_day) as d
        where l.organization_id = %2$L
          and l.status = 'settled'
          and l.outcome is distinct from 'blocked'
        $sql$, zone, p_organization_id);
    kind record;
begin
    for kind in
        select
            s.dimension, s.timed, case when s.dimension = 'organization' then ', (p.currency, p.local_day, p.day_hour)' end as day_hours, (select coalesce(string_agg('p.' || c.name || ', ', ''), '') from unnest(s.columns) as c (name)) as columns,
            concat_ws(', ', variadic array(
                select case when c.name = any (s.columns) then 's.' || c.name when c.name = 'provider' then '''''' else 'null' end
                from unnest('{user_id,operation,provider,model,project_id,workflow_key,api_key_id}'::text[]) with ordinality as c (name, place)
                order by c.place)) as keys
        from (values
            ('organization', '{}'::text[], true), ('user', '{user_id}', true), ('model', '{provider,model}', true), ('operation', '{operation}', false),
            ('project', '{project_id}', false), ('workflow', '{workflow_key}', false), ('api_key', '{api_key_id}', false)
        ) as s (dimension, columns, timed)
    loop
        return query execute format(
            $sql$
            select
                'sums', k.dimension, k.grain, k.metric_date, k.metric_hour, k.user_id, k.subject, s.currency, null::smallint,
                s.calls, s.unpriced_calls, s.tokens_input, s.tokens_output, s.tokens_cached, s.cost, s.latency_ms, s.timed_calls
            from (
                select
                    case when grouping(p.utc_hour) = 0 then 'hour' when %6$s then 'day' else 'day_hour' end as grain,
                    %2$s p.currency, p.utc_hour, p.local_day, %7$s as day_hour,
                    count(*) as calls, count(*) - count(p.cost) as unpriced_calls, coalesce(sum(p.tokens_input), 0) as tokens_input,
                    coalesce(sum(p.tokens_output), 0) as tokens_output, coalesce(sum(p.tokens_cached), 0) as tokens_cached, coalesce(sum(p.cost), 0) as cost,
                    coalesce(sum(p.latency_ms), 0)::numeric as latency_ms, count(p.latency_ms) as timed_calls
                from (%1$s) as p
                group by grouping sets ((%2$s p.currency, p.utc_hour), (%2$s p.currency, p.local_day)%4$s)) as s
            cross join lateral overmind.usage_keys(%3$s, s.utc_hour, s.local_day, s.day_hour) as k
            where k.dimension = %5$L
              and k.grain = s.grain
            $sql$, placed, kind.columns, kind.keys, kind.day_hours, kind.dimension, case when kind.day_hours is null then 'true' else 'grouping(p.day_hour) = 1' end,
            case when kind.day_hours is null then 'null::numeric' else 'p.day_hour' end);
        if kind.timed then
            return query execute format(
                $sql$
                select
                    'latencies', k.dimension, k.grain, k.metric_date, k.metric_hour, k.user_id, k.subject, null, s.latency_bucket,
                    s.calls, 0::bigint, 0::numeric, 0::numeric, 0::numeric, 0::numeric, 0::numeric, 0::bigint
                from (
                    select
                        case grouping(p.utc_hour, p.local_day) when 1 then 'hour' else 'day' end as grain, %2$s p.latency_bucket, p.utc_hour, p.local_day, count(*) as calls
                    from (%1$s) as p
                    where p.latency_ms is not null
                    group by grouping sets ((%2$s p.latency_bucket, p.utc_hour), (%2$s p.latency_bucket, p.local_day))) as s
                cross join lateral overmind.usage_keys(%3$s, s.utc_hour, s.local_day, null) as k
                where k.dimension = %4$L
                  and k.grain = s.grain
                $sql$, placed, kind.columns, kind.keys, kind.dimension);
        end if;
    end loop;
end
$$;
comment on function overmind.ledger_sums(uuid) is
    'What the ledger of an organization adds up to now, as usage_rollups has it: rows of `sums` have the measures, rows of `latencies` a bucket and its calls.';
revoke all on function overmind.ledger_sums(uuid) from public;
