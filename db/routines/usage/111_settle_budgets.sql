-- Definer, because nobody may write changes by hand; it tells of the row that its caller was allowed to write. It only appends, so that nobody waits to settle.
create or replace function overmind.settle_budgets() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    before public.token_usage;
    after  public.token_usage;
begin
    -- What nearly always happens.
    if old.status = 'reserved' and new.status = 'settled' and new.outcome is distinct from 'blocked'
        and (old.organization_id, old.created_at, old.provider, old.model, old.user_id, old.api_key_id, old.project_id, old.workflow_key)
            is not distinct from (new.organization_id, new.created_at, new.provider, new.model, new.user_id, new.api_key_id, new.project_id, new.workflow_key)
    then
        insert into public.budget_changes (organization_id, budget_id, dimension, subject, period_start, used, reserved, unpriced_calls)
        select
            b.organization_id, b.id, b.dimension, c.subject, c.period_start, coalesce(c.amount, 0), -coalesce((new.held ->> b.id::text)::numeric, 0), (c.amount is null)::integer
        from public.budgets b
        join public.organizations o on o.id = b.organization_id
        cross join lateral (
            select
                overmind.budget_subject(b, new.provider, new.model, new.user_id, new.api_key_id, new.project_id, new.workflow_key) as subject,
                overmind.budget_day(o.timezone, date_trunc(b.period, new.created_at at time zone o.timezone)) as period_start,
                overmind.budget_amount(b, new) as amount) as c
        where b.organization_id = new.organization_id
          and b.is_active
          and c.subject is not null;
        return null;
    end if;
    if not exists (select from public.budgets b where b.organization_id = coalesce(new.organization_id, old.organization_id) and b.is_active) then
        return null;
    end if;

    before := old;
    after := new;
    insert into public.budget_changes (organization_id, budget_id, dimension, subject, period_start, used, reserved, unpriced_calls)
    select n.organization_id, n.budget_id, n.dimension, n.subject, n.period_start, sum(n.used), sum(n.reserved), sum(n.unpriced_calls)
    from (
        select
            (f.budget).organization_id, (f.budget).id as budget_id, (f.budget).dimension, f.subject, f.period_start,
            case when u.is_used then u.sign * coalesce(u.amount, 0) else 0 end as used,
            case when u.status = 'reserved' then u.sign * coalesce((u.held ->> (f.budget).id::text)::numeric, 0) else 0 end as reserved,
            case when u.is_used and u.amount is null then u.sign else 0 end as unpriced_calls
        from (values (-1, before), (1, after)) as c (sign, call)
        cross join lateral overmind.budgets_of(c.call) as f
        cross join lateral (
            select c.sign, (c.call).status, (c.call).held, (c.call).status = 'settled' and (c.call).outcome is distinct from 'blocked' as is_used, overmind.budget_amount(f.budget, c.call) as amount) as u
        where (c.call).id is not null) as n
    group by n.organization_id, n.budget_id, n.dimension, n.subject, n.period_start
    having sum(n.used) <> 0 or sum(n.reserved) <> 0 or sum(n.unpriced_calls) <> 0;
    return null;
end
$$;
comment on function overmind.settle_budgets() is 'Trigger: what a call has used counts in its budgets, and what it held of them is free again.';
revoke all on function overmind.settle_budgets() from public;

create or replace trigger settle_budgets_after_insert
    after insert on public.token_usage
    for each row
    when (new.status = 'settled' and new.outcome is distinct from 'blocked')
    execute function overmind.settle_budgets();

create or replace trigger settle_budgets_after_update
    after update on public.token_usage
    for each row
    execute function overmind.settle_budgets();

create or replace trigger settle_budgets_after_delete
    after delete on public.token_usage
    for each row
    execute function overmind.settle_budgets();
