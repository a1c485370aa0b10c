-- The month is the organization's. What is above the limit of a tier that costs nothing is over it; who pays for a tier uses much.
create or replace view public.monthly_cost_report with (security_invoker = true) as
select
    m.organization_id,
    m.display_name,
    m.user_id,
    t.tier_name,
    spent.queries as workflow_runs,
    spent.cost_usd as total_cost_usd,
    spent.tokens_input as tokens_in,
    spent.tokens_output as tokens_out,
    case
        when spent.cost_usd <= t.monthly_cost_limit_usd or t.monthly_cost_limit_usd is null then 'NORMAL'
        when t.price_usd = 0 then 'OVER_LIMIT'
        else 'HIGH_USAGE'
    end as usage_status
from (
    select
        u.organization_id, u.user_id, sum(u.queries)::bigint as queries, sum(u.tokens_input) as tokens_input, sum(u.tokens_output) as tokens_output,
        sum(u.cost) filter (where u.currency = 'USD') as cost_usd
    from public.usage_rollups u
    join public.organizations o on o.id = u.organization_id
    where u.part = 'sums'
      and u.dimension = 'user'
      and u.grain = 'day'
      and u.metric_date >= date_trunc('month', statement_timestamp() at time zone coalesce(o.usage_timezone, 'UTC'))::date
      -- Follows from the above in every zone, and is found by the index.
      and u.metric_date >= date_trunc('month', statement_timestamp() - interval '2 days')::date
    group by u.organization_id, u.user_id) as spent
join public.organization_members m on m.organization_id = spent.organization_id and m.user_id = spent.user_id
left join public.user_subscriptions s on s.organization_id = m.organization_id and s.user_id = m.user_id and s.status = 'active'
left join public.subscription_tiers t on t.id = s.tier_id
where spent.cost_usd > 0;
comment on view public.monthly_cost_report is 'What each member has cost since the first of the month, beside the limit of their tier; members that have cost something.';
comment on column public.monthly_cost_report.organization_id is 'Tenant.';
comment on column public.monthly_cost_report.display_name is 'Name of the member.';
comment on column public.monthly_cost_report.user_id is 'The member.';
comment on column public.monthly_cost_report.tier_name is 'Their tier; null when they have none.';
comment on column public.monthly_cost_report.workflow_runs is 'Runs that they asked for.';
comment on column public.monthly_cost_report.total_cost_usd is 'What their calls cost, in US dollars, not rounded.';
comment on column public.monthly_cost_report.tokens_in is 'Tokens of the prompts.';
comment on column public.monthly_cost_report.tokens_out is 'Tokens of the answers.';
comment on column public.monthly_cost_report.usage_status is 'OVER_LIMIT: above the limit of a tier that costs nothing; HIGH_USAGE: above that of one that is paid for; else NORMAL.';
revoke all on public.monthly_cost_report from public, anon, authenticated, service_role;
grant select on public.monthly_cost_report to anon, authenticated, service_role;
