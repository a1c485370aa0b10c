-- Definer, because it looks for them among all organizations.
create or replace function overmind.rebuild_stale_usage() returns uuid
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    with stale as materialized (
        select o.id
        from public.organizations o
        where o.usage_timezone is distinct from o.timezone
        order by o.id
        limit 1
    )
    select s.id
    from stale s
    cross join lateral overmind.rebuild_usage(s.id)
$$;
comment on function overmind.rebuild_stale_usage() is
    'Sums up anew what was summed up by the days of another time zone, or not at all yet: the one organization that it did it for, or null when there is none.';
revoke all on function overmind.rebuild_stale_usage() from public;
grant execute on function overmind.rebuild_stale_usage() to service_role;
