-- The percentile of a sum is that of the added histograms: the first bucket up to which there are 95 % of the calls. It is found among the buckets alone, before
-- it comes to the measures. Counts are added as floating point, which is exact for whole numbers and faster.
create or replace view public.usage_metrics with (security_invoker = true) as
select
    md5(concat_ws('/', b.organization_id, b.dimension, b.grain, b.metric_date, b.metric_hour, b.user_id))::uuid as id,
    b.organization_id,
    b.user_id,
    b.dimension,
    b.metric_date,
    b.metric_hour,
    sum(b.queries)::bigint as query_count,
    sum(b.messages)::bigint as message_count,
    sum(b.tokens_input + b.tokens_output) as token_count,
    (sum(b.quality_sum) / nullif(sum(b.scored), 0))::double precision as avg_quality_score,
    sum(b.n2_triggers)::bigint as n2_trigger_count,
    round(sum(b.latency_ms) / nullif(sum(b.timed_calls), 0))::integer as avg_latency_ms,
    overmind.latency_of_bucket(min(b.latency_bucket)) as p95_latency_ms,
    sum(b.errors)::bigint as error_count,
    case when sum(b.calls - b.unpriced_calls) filter (where b.currency = 'USD') > 0 then sum(b.cost) filter (where b.currency = 'USD') end as estimated_cost_usd,
    coalesce(sum(b.calls), 0)::bigint as call_count,
    sum(b.unpriced_calls)::bigint as unpriced_call_count,
    min(b.created_at) as created_at
from (
    select
        r.organization_id, r.user_id, r.dimension, r.grain, r.metric_date, r.metric_hour, r.currency, r.calls, r.unpriced_calls, r.tokens_input, r.tokens_output,
        r.cost, r.latency_ms, r.timed_calls, r.queries, r.messages, r.n2_triggers, r.errors, r.quality_sum, r.scored, r.created_at, null::smallint as latency_bucket
    from public.usage_rollups r
    where r.part = 'sums'
      and r.dimension in ('organization', 'user')
      and r.grain in ('hour', 'day')
    union all
    select
        p.organization_id, p.user_id, p.dimension, p.grain, p.metric_date, p.metric_hour, null::text, null::bigint, null::bigint, null::numeric, null::numeric,
        null::numeric, null::numeric, null::bigint, null::bigint, null::bigint, null::bigint, null::bigint, null::numeric, null::bigint, null::timestamptz,
        min(p.latency_bucket) filter (where p.calls > 0 and 20 * p.calls_so_far >= 19 * p.calls_in_buckets)
    from (
        select
            l.organization_id, l.user_id, l.dimension, l.grain, l.metric_date, l.metric_hour, l.latency_bucket, l.calls,
            sum(l.calls::double precision) over (
                partition by l.user_id, l.metric_date, l.metric_hour, l.grain, l.dimension, l.organization_id order by l.latency_bucket) as calls_so_far,
            sum(l.calls::double precision) over (
                partition by l.user_id, l.metric_date, l.metric_hour, l.grain, l.dimension, l.organization_id) as calls_in_buckets
        from public.usage_rollups l
        where l.part = 'latencies'
          and l.dimension in ('organization', 'user')
          and l.grain in ('hour', 'day')) as p
    group by p.user_id, p.metric_date, p.metric_hour, p.grain, p.dimension, p.organization_id) as b
group by b.user_id, b.metric_date, b.metric_hour, b.grain, b.dimension, b.organization_id;
comment on view public.usage_metrics is 'Usage by hour and day, of organizations and of their members: each of the four adds up to the ledger by itself.';
comment on column public.usage_metrics.id is 'Identity, made of what the row is of.';
comment on column public.usage_metrics.organization_id is 'Tenant.';
comment on column public.usage_metrics.user_id is 'The member, where dimension is user; null where the work was nobody''s.';
comment on column public.usage_metrics.dimension is 'organization: of all; user: of one member.';
comment on column public.usage_metrics.metric_date is 'The day: of the organization for days, in UTC for hours.';
comment on column public.usage_metrics.metric_hour is 'The hour, 0 to 23 in UTC; null for days.';
comment on column public.usage_metrics.query_count is 'Runs that were asked for.';
comment on column public.usage_metrics.message_count is 'Messages that were written.';
comment on column public.usage_metrics.token_count is 'Tokens in and out, by the ledger.';
comment on column public.usage_metrics.avg_quality_score is 'Mean of the best scores of runs that ended, 0 to 10; null when none has one.';
comment on column public.usage_metrics.n2_trigger_count is 'Runs that went through more than one iteration.';
comment on column public.usage_metrics.avg_latency_ms is 'Mean time of a call, in milliseconds.';
comment on column public.usage_metrics.p95_latency_ms is 'What 95 % of the calls took at most, within 4.8 %, in milliseconds.';
comment on column public.usage_metrics.error_count is 'Runs that failed.';
comment on column public.usage_metrics.estimated_cost_usd is 'Cost in US dollars, by the ledger, not rounded; null when none is known.';
comment on column public.usage_metrics.call_count is 'Calls that were settled.';
comment on column public.usage_metrics.unpriced_call_count is 'Those whose cost is unknown.';
comment on column public.usage_metrics.created_at is 'When the sum began.';
revoke all on public.usage_metrics from public, anon, authenticated, service_role;
grant select on public.usage_metrics to anon, authenticated, service_role;
