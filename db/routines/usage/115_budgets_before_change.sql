create or replace function overmind.budgets_before_change() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if new.currency is not null and new.currency <> 'USD' and overmind.budget_rate(new, clock_timestamp()) is null then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no exchange rate of %s', new.currency),
            table = 'budgets',
            constraint = 'budgets_currency_with_rate';
    end if;
    if new.is_active and (tg_op = 'INSERT' or not old.is_active) then
        new.recount_after := '0';
    end if;
    return new;
end
$$;
comment on function overmind.budgets_before_change() is 'Trigger: money is limited in currencies that have an exchange rate, and a budget that begins is counted again when nobody is left who has not seen it.';
revoke all on function overmind.budgets_before_change() from public;
create or replace trigger budgets_before_insert before insert on public.budgets
    for each row execute function overmind.budgets_before_change();
create or replace trigger budgets_before_update before update on public.budgets
    for each row when (new.is_active and not old.is_active) execute function overmind.budgets_before_change();
