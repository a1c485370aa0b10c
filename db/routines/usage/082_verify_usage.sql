-- The owner's, who sees all rows. One statement, so that what is written meanwhile is seen by none of both sides.
create or replace function overmind.verify_usage(p_limit integer default 100)
    returns table (
        organization_id uuid, dimension text, grain text, metric_date date, metric_hour smallint, user_id uuid, subject text, currency text, latency_bucket smallint,
        ledger jsonb, rolled_up jsonb)
    language sql
    stable
    set search_path = pg_catalog, public, pg_temp
    set enable_sort = off
    set work_mem = '128MB'
    set jit = off
as $$
    select
        b.organization_id, b.dimension, b.grain, b.metric_date, b.metric_hour, b.user_id, b.subject, b.currency, b.latency_bucket,
        jsonb_build_object(
            'calls', sum(b.calls) filter (where b.side = 1), 'unpriced_calls', sum(b.unpriced_calls) filter (where b.side = 1),
            'tokens_input', sum(b.tokens_input) filter (where b.side = 1), 'tokens_output', sum(b.tokens_output) filter (where b.side = 1),
            'tokens_cached', sum(b.tokens_cached) filter (where b.side = 1), 'cost', sum(b.cost) filter (where b.side = 1)),
        jsonb_build_object(
            'calls', sum(b.calls) filter (where b.side = -1), 'unpriced_calls', sum(b.unpriced_calls) filter (where b.side = -1),
            'tokens_input', sum(b.tokens_input) filter (where b.side = -1), 'tokens_output', sum(b.tokens_output) filter (where b.side = -1),
            'tokens_cached', sum(b.tokens_cached) filter (where b.side = -1), 'cost', sum(b.cost) filter (where b.side = -1))
    from (
        select 1 as side, o.id as organization_id, l.*
        from public.organizations o
        cross join lateral overmind.ledger_sums(o.id) as l
        union all
        select
            -1, r.organization_id, r.part, r.dimension, r.grain, r.metric_date, r.metric_hour, r.user_id, r.subject, r.currency, r.latency_bucket,
            r.calls, r.unpriced_calls, r.tokens_input, r.tokens_output, r.tokens_cached, r.cost, r.latency_ms, r.timed_calls
        from public.usage_rollups r) as b
    group by b.part, b.organization_id, b.dimension, b.grain, b.metric_date, b.metric_hour, b.user_id, b.subject, b.currency, b.latency_bucket
    having sum(b.side * b.calls) <> 0
        or sum(b.side * b.unpriced_calls) <> 0
        or sum(b.side * b.tokens_input) <> 0
        or sum(b.side * b.tokens_output) <> 0
        or sum(b.side * b.tokens_cached) <> 0
        or sum(b.side * b.cost) <> 0
        or sum(b.side * b.latency_ms) <> 0
        or sum(b.side * b.timed_calls) <> 0
    order by 1, 2, 3, 4, 5, 6, 7, 8, 9
    limit p_limit
$$;
comment on function overmind.verify_usage(integer) is
    'Where sums of usage are not what the ledger adds up to: the first differences, with both sides; no row when there is none.';
revoke all on function overmind.verify_usage(integer) from public;
