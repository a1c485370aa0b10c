create or replace function overmind.exchange_rate(p_organization_id uuid, p_currency text, p_day date) returns numeric
    language sql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select case when p_currency = 'USD' then 1 else (
        select e.rate
        from public.exchange_rates e
        where e.organization_id = p_organization_id
          and e.currency = p_currency
          and e.valid_from <= p_day
        order by e.valid_from desc
        limit 1)
    end
$$;
comment on function overmind.exchange_rate(uuid, text, date) is
    'Units of a currency for one US dollar on a day of the organization; 1 for USD, null when none is known.';
revoke all on function overmind.exchange_rate(uuid, text, date) from public;
grant execute on function overmind.exchange_rate(uuid, text, date) to authenticated, service_role;
