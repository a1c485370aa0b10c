-- Definer, because it reads the whole ledger and wakes the jobs of everybody; it does so for the budget that its caller was allowed to write.
create or replace function overmind.budgets_after_change() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    key    record;
    period public.budget_periods;
begin
    -- Of an organization that is purged, all goes.
    if not exists (select from public.organizations o where o.id = coalesce(new.organization_id, old.organization_id)) then
        return null;
    end if;
    if tg_op = 'DELETE' then
        perform overmind.enqueue_budget_jobs(old.organization_id, old.id);
        return null;
    end if;

    if new.is_active and (tg_op = 'INSERT' or not old.is_active) then
        perform overmind.count_budget(new.organization_id, new.id, p_anew => true);
    elsif new.is_active then
        for key in
            select p.subject, p.period_start, p.period_end
            from public.budget_periods p
            where p.organization_id = new.organization_id and p.budget_id = new.id and p.period_end > clock_timestamp()
            order by p.subject
        loop
            period := overmind.hold_budget_period(new, key.subject, key.period_start, key.period_end, p_wait => true);
            if new.limit_amount > old.limit_amount or new.second_limit > old.second_limit or new.on_limit <> old.on_limit or new.soft_ratio > old.soft_ratio then
                period := overmind.unmark_budget(new, period);
            end if;
            perform overmind.write_budget_period(overmind.mark_budget(new, period, 0));
        end loop;
    end if;
    if tg_op = 'UPDATE' then
        perform overmind.enqueue_budget_jobs(new.organization_id, new.id);
    end if;
    return null;
end
$$;
comment on function overmind.budgets_after_change() is
    'Trigger: a budget that begins counts what its period has used already; when its limits change it is looked at whether they are reached, and what waits for it goes on when they no longer are.';
revoke all on function overmind.budgets_after_change() from public;
create or replace trigger budgets_after_insert after insert on public.budgets
    for each row execute function overmind.budgets_after_change();
create or replace trigger budgets_after_update after update on public.budgets
    for each row
    when (
        old.limit_amount is distinct from new.limit_amount
        or old.second_limit is distinct from new.second_limit
        or old.soft_ratio is distinct from new.soft_ratio
        or old.on_limit is distinct from new.on_limit
        or old.is_active is distinct from new.is_active)
    execute function overmind.budgets_after_change();
create or replace trigger budgets_after_delete after delete on public.budgets
    for each row execute function overmind.budgets_after_change();
