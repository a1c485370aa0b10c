create or replace function overmind.unmark_budget(p_budget public.budgets, p_period public.budget_periods) returns public.budget_periods
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    ends constant numeric := case p_budget.on_limit when 'allow_up_to' then p_budget.second_limit else p_budget.limit_amount end;
begin
    if p_period.stopped_at is not null and p_period.used < ends then
        p_period.stopped_at := null;
        perform overmind.enqueue_budget_jobs(p_budget.organization_id, p_budget.id);
    end if;
    if p_period.used < p_budget.limit_amount then
        p_period.reached_at := null;
    end if;
    if p_period.used < p_budget.soft_ratio * p_budget.limit_amount then
        p_period.soft_reached_at := null;
    end if;
    return p_period;
end
$$;
comment on function overmind.unmark_budget(public.budgets, public.budget_periods) is
    'Takes back the marks of a period that no longer hold, because the limit was raised or the past corrected, and lets what waits go on. The caller holds the row and writes what is returned.';
revoke all on function overmind.unmark_budget(public.budgets, public.budget_periods) from public;
