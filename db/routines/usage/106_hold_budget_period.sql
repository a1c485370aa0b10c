-- The changes are read by a statement of their own, after the row is held: its snapshot has whatever was settled by then. Who calls this writes the row:
-- the changes are gone from their table.
create or replace function overmind.hold_budget_period(p_budget public.budgets, p_subject text, p_start timestamptz, p_end timestamptz, p_wait boolean)
    returns public.budget_periods
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    period public.budget_periods;
    more   record;
begin
    if p_wait then
        select p.* into period
        from public.budget_periods p
        where p.organization_id = p_budget.organization_id and p.budget_id = p_budget.id and p.subject = p_subject and p.period_start = p_start
        for no key update;
        if not found then
            insert into public.budget_periods (organization_id, budget_id, dimension, subject, period_start, period_end)
            values (p_budget.organization_id, p_budget.id, p_budget.dimension, p_subject, p_start, p_end)
            on conflict do nothing;
            select p.* into period
            from public.budget_periods p
            where p.organization_id = p_budget.organization_id and p.budget_id = p_budget.id and p.subject = p_subject and p.period_start = p_start
            for no key update;
        end if;
    else
        select p.* into period
        from public.budget_periods p
        where p.organization_id = p_budget.organization_id and p.budget_id = p_budget.id and p.subject = p_subject and p.period_start = p_start
        for no key update skip locked;
        if not found then
            return null;
        end if;
    end if;

    with gone as (
        delete from public.budget_changes c
        where c.organization_id = p_budget.organization_id
          and c.budget_id = p_budget.id
          and c.subject = p_subject
          and c.period_start = p_start
          and c.xid >= period.folded_xid
        returning c.used, c.reserved, c.unpriced_calls
    )
    select
        coalesce(sum(g.used), 0) as used, coalesce(sum(g.reserved), 0) as reserved, coalesce(sum(g.unpriced_calls), 0) as unpriced_calls,
        coalesce(bool_or(g.used < 0), false) as is_less, pg_snapshot_xmin(pg_current_snapshot()) as ended
    into more
    from gone g;
    period.used := period.used + more.used;
    period.reserved := period.reserved + more.reserved;
    period.unpriced_calls := period.unpriced_calls + more.unpriced_calls;
    period.folded_xid := more.ended;
    -- A correction of the past gives back what it took.
    if more.is_less then
        period := overmind.unmark_budget(p_budget, period);
    end if;
    return period;
end
$$;
comment on function overmind.hold_budget_period(public.budgets, text, timestamptz, timestamptz, boolean) is
    'Holds the row of a budget''s period, made if need be, and adds what is pending in budget_changes to what it returns. Without p_wait: null where another has it.';
revoke all on function overmind.hold_budget_period(public.budgets, text, timestamptz, timestamptz, boolean) from public;
