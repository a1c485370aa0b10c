-- Folded and pending together, each change in one of them in every snapshot: what is summed from here adds up to the ledger at every moment.
-- Whoever sees their own usage alone sees it by user, folded or not: sums of an organization, model, operation or project would be theirs and not all.
-- Rows of `sums` have the measures, rows of `latencies` a bucket and its calls; what is asked for one of them reads nothing of the other.
-- All four have the same types, so that they are planned as one table and read in the order of its index.
create or replace view public.usage_rollups with (security_invoker = true) as
select
    'sums' as part, t.organization_id, t.dimension, t.grain, t.metric_date, t.metric_hour, t.user_id, t.subject, t.currency, null::smallint as latency_bucket,
    t.calls, t.unpriced_calls, t.tokens_input, t.tokens_output, t.tokens_cached, t.cost, t.latency_ms, t.timed_calls,
    t.queries, t.messages, t.n2_triggers, t.errors, t.quality_sum, t.scored, t.created_at, t.folded_at as last_updated
from public.usage_totals t
union all
select
    'latencies', l.organization_id, l.dimension, l.grain, l.metric_date, l.metric_hour, l.user_id, l.subject, null::text, l.latency_bucket,
    l.calls, 0::bigint, 0::numeric, 0::numeric, 0::numeric, 0::numeric, 0::numeric, 0::bigint,
    0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::numeric, 0::bigint, null::timestamptz, null::timestamptz
from public.usage_latencies l
union all
select
    'sums', c.organization_id, k.dimension, k.grain, k.metric_date, k.metric_hour, k.user_id, k.subject, c.currency, null::smallint,
    c.calls::bigint, c.unpriced_calls::bigint, c.tokens_input::numeric, c.tokens_output::numeric, c.tokens_cached::numeric, c.cost,
    coalesce(c.latency_ms::numeric * c.calls, 0), (case when c.latency_ms is not null then c.calls else 0 end)::bigint,
    c.queries::bigint, c.messages::bigint, c.n2_triggers::bigint, c.errors::bigint, c.quality_sum, c.scored::bigint, statement_timestamp(), statement_timestamp()
from public.usage_changes c
join public.organizations o on o.id = c.organization_id
cross join lateral (select (c.created_at at time zone coalesce(o.usage_timezone, 'UTC'))::date as local_day) as d
cross join lateral overmind.usage_keys(
    c.user_id, c.operation, c.provider, c.model, c.project_id, c.workflow_key, c.api_key_id, date_trunc('hour', c.created_at at time zone 'UTC'),
    d.local_day, overmind.usage_day_hour(c.created_at, d.local_day, coalesce(o.usage_timezone, 'UTC'))) as k
where k.dimension = 'user'
   or overmind.sees_all_usage()
union all
select
    'latencies', c.organization_id, k.dimension, k.grain, k.metric_date, k.metric_hour, k.user_id, k.subject, null::text, overmind.latency_bucket(c.latency_ms),
    c.calls::bigint, 0::bigint, 0::numeric, 0::numeric, 0::numeric, 0::numeric, 0::numeric, 0::bigint,
    0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::numeric, 0::bigint, null::timestamptz, null::timestamptz
from public.usage_changes c
join public.organizations o on o.id = c.organization_id
cross join lateral overmind.usage_keys(
    c.user_id, c.operation, c.provider, c.model, c.project_id, c.workflow_key, c.api_key_id, date_trunc('hour', c.created_at at time zone 'UTC'),
    (c.created_at at time zone coalesce(o.usage_timezone, 'UTC'))::date, null) as k
where c.latency_ms is not null
  and k.dimension in ('organization', 'user', 'model')
  and k.grain <> 'day_hour'
  and (k.dimension = 'user' or overmind.sees_all_usage());
comment on view public.usage_rollups is 'Sums of usage, folded and pending: rows of one key add up, so group them by it.';
comment on column public.usage_rollups.part is 'sums: measures; latencies: a bucket and its calls.';
comment on column public.usage_rollups.organization_id is 'Tenant.';
comment on column public.usage_rollups.dimension is 'By what it is summed: organization, user, model, operation or project. Each adds up to the ledger by itself.';
comment on column public.usage_rollups.grain is 'hour (of UTC), day (of the organization), or for the organization day_hour: an hour of such a day, counted from its midnight.';
comment on column public.usage_rollups.metric_date is 'The day: of the organization, in UTC for hours.';
comment on column public.usage_rollups.metric_hour is 'The hour: 0 to 23, for day_hour 0 to 24; null for days.';
comment on column public.usage_rollups.user_id is 'The member, by user; null where the work was nobody''s.';
comment on column public.usage_rollups.subject is 'The model as provider/model, the operation or the id of the project; null for none.';
comment on column public.usage_rollups.currency is 'Currency of the cost; null for what costs nothing.';
comment on column public.usage_rollups.latency_bucket is 'In latencies, the bucket; overmind.latency_of_bucket() says what stands for it.';
comment on column public.usage_rollups.calls is 'Calls that were settled; in latencies, those of the bucket.';
comment on column public.usage_rollups.unpriced_calls is 'Those whose cost is unknown.';
comment on column public.usage_rollups.tokens_input is 'Tokens of their prompts.';
comment on column public.usage_rollups.tokens_output is 'Tokens of their answers.';
comment on column public.usage_rollups.tokens_cached is 'Those of the prompts that were cached.';
comment on column public.usage_rollups.cost is 'What they cost, not rounded, as far as it is known.';
comment on column public.usage_rollups.latency_ms is 'How long they took together, in milliseconds.';
comment on column public.usage_rollups.timed_calls is 'How many of them were timed.';
comment on column public.usage_rollups.queries is 'Runs that were asked for.';
comment on column public.usage_rollups.messages is 'Messages that were written.';
comment on column public.usage_rollups.n2_triggers is 'Runs that went through more than one iteration.';
comment on column public.usage_rollups.errors is 'Runs that failed.';
comment on column public.usage_rollups.quality_sum is 'Sum of the best scores of runs.';
comment on column public.usage_rollups.scored is 'Number of runs that have one.';
comment on column public.usage_rollups.created_at is 'When the sum began; now for what is pending.';
comment on column public.usage_rollups.last_updated is 'When it last grew; now for what is pending.';
revoke all on public.usage_rollups from public, anon, authenticated, service_role;
grant select on public.usage_rollups to anon, authenticated, service_role;
