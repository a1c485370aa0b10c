-- Subjects of which nothing is used in the period that is now have no row; a budget that is for one has always one.
create or replace view public.budget_usage with (security_invoker = true) as
select
    b.organization_id,
    b.id as budget_id,
    coalesce(u.subject, b.subject, '') as subject,
    t.period_start,
    t.period_end,
    coalesce(u.used, 0) as used,
    greatest(coalesce(u.reserved, 0), 0) as reserved,
    coalesce(u.unpriced_calls, 0)::bigint as unpriced_calls,
    u.soft_reached_at,
    u.reached_at,
    u.stopped_at
from public.budgets b
join public.organizations o on o.id = b.organization_id
cross join lateral overmind.budget_period(o.timezone, b.period, statement_timestamp()) as t
left join lateral (
    select
        k.subject, sum(k.used) as used, sum(k.reserved) as reserved, sum(k.unpriced_calls) as unpriced_calls, max(k.soft_reached_at) as soft_reached_at,
        max(k.reached_at) as reached_at, max(k.stopped_at) as stopped_at
    from (
        select p.subject, p.used, p.reserved, p.unpriced_calls, p.soft_reached_at, p.reached_at, p.stopped_at
        from public.budget_periods p
        where p.organization_id = b.organization_id and p.budget_id = b.id and p.period_start = t.period_start
        union all
        select
            c.subject, c.used, c.reserved, c.unpriced_calls, null::timestamptz as soft_reached_at, null::timestamptz as reached_at, null::timestamptz as stopped_at
        from public.budget_changes c
        where c.organization_id = b.organization_id and c.budget_id = b.id and c.period_start = t.period_start) as k
    group by k.subject) as u on true
where u.subject is not null
   or b.subject is not null
   or b.dimension = 'organization';
comment on view public.budget_usage is 'What of each budget is used and held in the period that is now, by subject, as far as the caller may see it.';
comment on column public.budget_usage.organization_id is 'Tenant.';
comment on column public.budget_usage.budget_id is 'The budget.';
comment on column public.budget_usage.subject is 'Whose use it is; empty: the organization''s.';
comment on column public.budget_usage.period_start is 'When the period began.';
comment on column public.budget_usage.period_end is 'When it ends.';
comment on column public.budget_usage.used is 'What settled calls used, in the budget''s unit.';
comment on column public.budget_usage.reserved is 'What calls that are under way may use at most.';
comment on column public.budget_usage.unpriced_calls is 'Settled calls of which nobody knows what they cost.';
comment on column public.budget_usage.soft_reached_at is 'When soft_ratio of the limit was used.';
comment on column public.budget_usage.reached_at is 'When the limit was reached.';
comment on column public.budget_usage.stopped_at is 'When calls began to be refused.';
revoke all on public.budget_usage from public, anon, authenticated, service_role;
grant select on public.budget_usage to anon, authenticated, service_role;
