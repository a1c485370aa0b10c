-- Definer: request logins own no tables. It has no tenant and takes none. The month before is kept too, for clocks that lag.
create or replace function public.create_monthly_partitions(p_months_ahead integer default 3) returns void
    language sql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select overmind.create_partitions(
        date_trunc('month', clock_timestamp() at time zone 'UTC') at time zone 'UTC' - interval '1 day',
        clock_timestamp() + make_interval(months => least(greatest(p_months_ahead, 0), 120)))
$$;
comment on function public.create_monthly_partitions(integer) is
    'Keeps the monthly partitions from last month to so many months ahead. May be called at any time and by many at once.';
revoke all on function public.create_monthly_partitions(integer) from public, anon, authenticated, service_role;
grant execute on function public.create_monthly_partitions(integer) to service_role;
