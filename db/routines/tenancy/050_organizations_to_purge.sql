-- Definer, because it looks at all organizations; ids alone.
create or replace function overmind.organizations_to_purge(p_deleted_before timestamptz) returns setof uuid
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select o.id
    from public.organizations o
    where o.deleted_at < p_deleted_before
    order by o.deleted_at
$$;
comment on function overmind.organizations_to_purge(timestamptz) is 'The organizations that were deleted before this time.';
revoke all on function overmind.organizations_to_purge(timestamptz) from public;
grant execute on function overmind.organizations_to_purge(timestamptz) to service_role;
