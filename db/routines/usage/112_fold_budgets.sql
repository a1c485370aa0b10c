-- Definer, because it folds what all organizations have changed. It waits for no row: who reserves has it, and folds by itself.
create or replace function overmind.fold_budgets(p_limit integer default 1000) returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    key    record;
    owner  public.budgets;
    period public.budget_periods;
    folded bigint := 0;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('overmind.fold_budgets', 0)) then
        return 0;
    end if;

    -- First it is noted who may still not have seen the budget: whoever has a lower transaction id than the lock gives to this one, which had none before.
    -- (The end of a snapshot would not do: it is one past the last that has ended, and others beyond it may be under way.) When they have all ended it is counted.
    if pg_current_xact_id_if_assigned() is null then
        select b.* into owner
        from public.budgets b
        where b.recount_after = '0'
        order by b.id
        limit 1
        for no key update skip locked;
        if found then
            update public.budgets b
            set recount_after = pg_current_xact_id()
            where b.organization_id = owner.organization_id
              and b.id = owner.id;
            return 1;
        end if;
    end if;
    select b.* into owner
    from public.budgets b
    where b.recount_after > '0'
      and b.recount_after <= pg_snapshot_xmin(pg_current_snapshot())
    order by b.id
    limit 1
    -- Before its periods, as whoever changes it.
    for no key update skip locked;
    if found then
        perform overmind.count_budget(owner.organization_id, owner.id, p_anew => false);
        update public.budgets b
        set recount_after = null
        where b.organization_id = owner.organization_id
          and b.id = owner.id;
        return 1;
    end if;

    for key in
        select distinct c.organization_id, c.budget_id, c.subject, c.period_start
        from public.budget_changes c
        limit p_limit
    loop
        select b.* into owner
        from public.budgets b
        where b.organization_id = key.organization_id and b.id = key.budget_id;
        if not found then
            delete from public.budget_changes c
            where c.organization_id = key.organization_id and c.budget_id = key.budget_id and c.subject = key.subject and c.period_start = key.period_start;
            continue;
        end if;
        period := overmind.hold_budget_period(owner, key.subject, key.period_start, null, p_wait => false);
        if period.budget_id is not null then
            perform overmind.write_budget_period(overmind.mark_budget(owner, period, 0));
            folded := folded + 1;
        elsif folded = 0 and not exists (
            select
            from public.budget_periods p
            where p.organization_id = key.organization_id and p.budget_id = key.budget_id and p.subject = key.subject and p.period_start = key.period_start)
        then
            -- A call that was not reserved is the first of its period. Making the row may wait for who makes it, too, so nothing is held meanwhile.
            insert into public.budget_periods (organization_id, budget_id, dimension, subject, period_start, period_end)
            select owner.organization_id, owner.id, owner.dimension, key.subject, key.period_start, t.period_end
            from public.organizations o
            cross join lateral overmind.budget_period(o.timezone, owner.period, key.period_start) as t
            where o.id = owner.organization_id
            on conflict do nothing;
            return 1;
        end if;
    end loop;
    return folded;
end
$$;
comment on function overmind.fold_budgets(integer) is
    'Adds what is pending in budget_changes to up to p_limit periods and marks what has been reached by it; counts budgets anew that are not exact yet. Returns how many it was at.';
revoke all on function overmind.fold_budgets(integer) from public;
grant execute on function overmind.fold_budgets(integer) to service_role;
