-- Definer, because it counts for everybody. Periods of the old zone stay as they were; what is used since the new one's began is counted for it.
create or replace function overmind.organizations_after_timezone() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    budget record;
begin
    update public.budgets b
    set recount_after = '0'
    where b.organization_id = new.id
      and b.is_active;
    -- In the order of overmind.budgets_of.
    for budget in
        select b.id
        from public.budgets b
        where b.organization_id = new.id
          and b.is_active
        order by array_position('{organization,project,workflow,api_key,user,model}'::text[], b.dimension), b.subject like '%/*' desc nulls last, b.id
    loop
        perform overmind.count_budget(new.id, budget.id, p_anew => true);
    end loop;
    return null;
end
$$;
comment on function overmind.organizations_after_timezone() is 'Trigger: the periods of budgets begin with the days of the organization.';
revoke all on function overmind.organizations_after_timezone() from public;
create or replace trigger organizations_after_timezone after update on public.organizations
    for each row when (old.timezone is distinct from new.timezone) execute function overmind.organizations_after_timezone();
