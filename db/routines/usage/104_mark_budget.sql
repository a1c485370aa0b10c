-- The caller holds the period's row and writes what is returned.
create or replace function overmind.mark_budget(p_budget public.budgets, p_period public.budget_periods, p_wanted numeric) returns public.budget_periods
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    ends    constant numeric := case p_budget.on_limit when 'allow_up_to' then p_budget.second_limit else p_budget.limit_amount end;
    reached constant boolean := p_period.used >= p_budget.limit_amount or p_period.used + p_wanted > p_budget.limit_amount;
    stops   constant boolean := p_period.used >= ends or p_period.used + p_wanted > ends;
begin
    -- Of several at once the last is told.
    if stops and p_period.stopped_at is null then
        p_period.stopped_at := clock_timestamp();
        perform overmind.tell_budget(p_budget, p_period, case p_budget.on_limit when 'allow_up_to' then 'second_limit_reached' else 'limit_reached' end);
        if p_budget.dimension in ('organization', 'user') then
            perform overmind.enqueue_budget_jobs(p_budget.organization_id, p_budget.id);
        end if;
    elsif reached and p_period.reached_at is null then
        perform overmind.tell_budget(p_budget, p_period, 'limit_reached');
    elsif p_period.soft_reached_at is null and not reached and p_period.used >= p_budget.soft_ratio * p_budget.limit_amount then
        perform overmind.tell_budget(p_budget, p_period, 'soft_limit_reached');
    end if;
    if reached then
        p_period.reached_at := coalesce(p_period.reached_at, clock_timestamp());
    end if;
    if reached or p_period.used >= p_budget.soft_ratio * p_budget.limit_amount then
        p_period.soft_reached_at := coalesce(p_period.soft_reached_at, clock_timestamp());
    end if;
    return p_period;
end
$$;
comment on function overmind.mark_budget(public.budgets, public.budget_periods, numeric) is
    'Notes in a period what has been reached, beside what is used or by a call that wants p_wanted more, and tells of it, once.';
revoke all on function overmind.mark_budget(public.budgets, public.budget_periods, numeric) from public;
