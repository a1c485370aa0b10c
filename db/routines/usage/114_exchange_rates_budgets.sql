-- Definer, because nobody writes when a budget is counted.
create or replace function overmind.recount_budgets_of_currency() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.budgets b
    set recount_after = '0'
    where b.organization_id = coalesce(new.organization_id, old.organization_id)
      and b.currency = coalesce(new.currency, old.currency)
      and b.is_active;
    return null;
end
$$;
comment on function overmind.recount_budgets_of_currency() is 'Trigger: budgets in a currency are counted anew when one of its rates changes.';
revoke all on function overmind.recount_budgets_of_currency() from public;
create or replace trigger recount_budgets after insert or update or delete on public.exchange_rates
    for each row execute function overmind.recount_budgets_of_currency();
