-- Definer, because nobody may write changes by hand; it tells of the row that its caller was allowed to write. It only appends, so that nobody waits to settle.
create or replace function overmind.settle_budgets() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    tenant constant uuid := coalesce(new.organization_id, old.organization_id);
    before public.token_usage;
    after  public.token_usage;
    asked  record;
    held   record;
    amount numeric;
begin
    if not exists (select from public.budgets b where b.organization_id = tenant and b.is_active) then
        return null;
    end if;

    after := new;
    -- What nearly always happens, budget by budget: as one statement for all that can it takes twice as long.
    if old.status = 'reserved' and new.status = 'settled' then
        for asked in select f.* from overmind.budgets_of(after) as f loop
            delete from public.budget_holds h
            where h.organization_id = tenant and h.ledger_id = old.id and h.budget_id = (asked.budget).id
            returning h.subject, h.period_start, h.amount into held;
            amount := case when new.outcome = 'blocked' then 0 else overmind.budget_amount(asked.budget, after) end;
            if held.amount is not null and (held.subject, held.period_start) <> (asked.subject, asked.period_start) then
                insert into public.budget_changes (organization_id, budget_id, dimension, subject, period_start, used, reserved, unpriced_calls)
                values (tenant, (asked.budget).id, (asked.budget).dimension, held.subject, held.period_start, 0, -held.amount, 0);
                held.amount := 0;
            end if;
            insert into public.budget_changes (organization_id, budget_id, dimension, subject, period_start, used, reserved, unpriced_calls)
            values (
                tenant, (asked.budget).id, (asked.budget).dimension, asked.subject, asked.period_start,
                coalesce(amount, 0), -coalesce(held.amount, 0), case when amount is null then 1 else 0 end);
        end loop;
        -- Of budgets that are switched off: when they begin again they are counted.
        delete from public.budget_holds h
        where h.organization_id = tenant and h.ledger_id = old.id;
        return null;
    end if;

    before := old;
    with released as (
        delete from public.budget_holds h
        where old.status = 'reserved'
          and new.status is distinct from 'reserved'
          and h.organization_id = tenant
          and h.ledger_id = old.id
        returning h.budget_id, h.subject, h.period_start, h.amount
    ),
    counted as (
        select (f.budget).id as budget_id, f.subject, f.period_start, -1 as sign, overmind.budget_amount(f.budget, before) as amount
        from overmind.budgets_of(before) as f
        where old.status = 'settled'
          and old.outcome is distinct from 'blocked'
        union all
        select (f.budget).id, f.subject, f.period_start, 1, overmind.budget_amount(f.budget, after)
        from overmind.budgets_of(after) as f
        where new.status = 'settled'
          and new.outcome is distinct from 'blocked'
    )
    insert into public.budget_changes (organization_id, budget_id, dimension, subject, period_start, used, reserved, unpriced_calls)
    select tenant, b.id, b.dimension, c.subject, c.period_start, sum(c.used), sum(c.reserved), sum(c.unpriced_calls)
    from (
        select r.budget_id, r.subject, r.period_start, 0 as used, -r.amount as reserved, 0 as unpriced_calls
        from released r
        union all
        select n.budget_id, n.subject, n.period_start, n.sign * coalesce(n.amount, 0), 0, case when n.amount is null then n.sign else 0 end
        from counted n) as c
    join public.budgets b on b.organization_id = tenant and b.id = c.budget_id and b.is_active
    group by b.id, b.dimension, c.subject, c.period_start
    having sum(c.used) <> 0 or sum(c.reserved) <> 0 or sum(c.unpriced_calls) <> 0;
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
    when (
        old.status is distinct from new.status
        or new.status = 'settled' and (
            old.tokens_input is distinct from new.tokens_input
            or old.tokens_output is distinct from new.tokens_output
            or old.cost is distinct from new.cost
            or old.outcome is distinct from new.outcome
            or old.user_id is distinct from new.user_id
            or old.project_id is distinct from new.project_id
            or old.provider is distinct from new.provider
            or old.model is distinct from new.model
            or old.created_at is distinct from new.created_at))
    execute function overmind.settle_budgets();

create or replace trigger settle_budgets_after_delete
    after delete on public.token_usage
    for each row
    execute function overmind.settle_budgets();
