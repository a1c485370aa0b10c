create or replace function overmind.budget_rate(p_budget public.budgets, p_at timestamptz) returns numeric
    language plpgsql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    return (
        select overmind.exchange_rate(o.id, p_budget.currency, (p_at at time zone o.timezone)::date)
        from public.organizations o
        where o.id = p_budget.organization_id);
end
$$;
comment on function overmind.budget_rate(public.budgets, timestamptz) is
    'Units of a budget''s currency for one US dollar on the day of its organization that a moment falls into; null when none is known.';
revoke all on function overmind.budget_rate(public.budgets, timestamptz) from public;
