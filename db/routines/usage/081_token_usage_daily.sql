-- Hours of a day are counted from its midnight: on a day of 25 hours the one that the clock shows twice is two.
create or replace view public.token_usage_daily with (security_invoker = true) as
select
    p.organization_id,
    p.date,
    sum(p.tokens) filter (where p.part = 'organization') as total_tokens,
    case when sum(p.priced_usd) filter (where p.part = 'organization') > 0 then sum(p.cost_usd) filter (where p.part = 'organization') end as total_cost_usd,
    case when sum(p.priced_usd) filter (where p.part = 'organization') > 0 then
        sum(p.cost_usd) filter (where p.part = 'organization') * overmind.exchange_rate(p.organization_id, 'GBP', p.date)
    end as total_cost_gbp,
    coalesce(sum(p.calls) filter (where p.part = 'operation' and p.subject = 'episode_generation'), 0)::bigint as episode_count,
    jsonb_object_agg(p.subject, jsonb_build_object('tokens', p.tokens, 'cost', case when p.priced_usd > 0 then p.cost_usd end, 'calls', p.calls))
        filter (where p.part = 'operation' and p.subject is not null and p.calls <> 0) as operation_breakdown,
    max(p.tokens) filter (where p.part = 'hour' and p.tokens > 0) as hourly_peak,
    ((array_agg(p.clock_hour order by p.tokens desc, p.metric_hour) filter (where p.part = 'hour' and p.tokens > 0))[1])::integer as peak_hour,
    max(p.last_updated) as last_updated
from (
    select
        d.organization_id, d.metric_date as date, case d.grain when 'day' then d.dimension else 'hour' end as part, d.subject, d.metric_hour,
        extract(hour from (
            (d.metric_date::timestamp at time zone coalesce(o.usage_timezone, 'UTC')) + make_interval(hours => d.metric_hour))
            at time zone coalesce(o.usage_timezone, 'UTC')) as clock_hour,
        sum(d.tokens_input + d.tokens_output) as tokens, sum(d.cost) filter (where d.currency = 'USD') as cost_usd,
        sum(d.calls - d.unpriced_calls) filter (where d.currency = 'USD') as priced_usd, sum(d.calls) as calls, max(d.last_updated) as last_updated
    from public.usage_rollups d
    join public.organizations o on o.id = d.organization_id
    where d.part = 'sums'
      and d.grain in ('day', 'day_hour')
      and d.dimension in ('organization', 'operation')
    group by d.organization_id, d.metric_date, d.dimension, d.grain, d.subject, d.metric_hour, o.usage_timezone) as p
group by p.organization_id, p.date
having count(*) filter (where p.part = 'organization') > 0;
comment on view public.token_usage_daily is 'What an organization used on each of its days, by the ledger. For limits and reports; kept as calls are settled.';
comment on column public.token_usage_daily.organization_id is 'Tenant.';
comment on column public.token_usage_daily.date is 'The day, in the organization''s zone.';
comment on column public.token_usage_daily.total_tokens is 'Tokens in and out.';
comment on column public.token_usage_daily.total_cost_usd is 'Cost in US dollars, not rounded; null when none is known.';
comment on column public.token_usage_daily.total_cost_gbp is 'The same in pounds, by the rate of that day; null when none is set.';
comment on column public.token_usage_daily.episode_count is 'Calls of the operation episode_generation.';
comment on column public.token_usage_daily.operation_breakdown is 'By operation: tokens, cost in US dollars and calls, as a JSON object.';
comment on column public.token_usage_daily.hourly_peak is 'Most tokens of an hour.';
comment on column public.token_usage_daily.peak_hour is 'That hour: 0 to 23 in the organization''s zone, the first of equals.';
comment on column public.token_usage_daily.last_updated is 'When something was last added.';
revoke all on public.token_usage_daily from public, anon, authenticated, service_role;
grant select on public.token_usage_daily to anon, authenticated, service_role;
