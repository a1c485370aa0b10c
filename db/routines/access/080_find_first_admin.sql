-- Definer, for whoever runs the server: `overmind key create` makes a key without one.
create or replace function overmind.find_first_admin() returns table (organization_id uuid, user_id uuid)
    language sql stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select m.organization_id, m.user_id
    from public.organization_members m
    join public.organizations o on o.id = m.organization_id
    join public.users u on u.id = m.user_id
    where m.role = 'admin'
      and m.left_at is null
      and o.deleted_at is null
      and u.deleted_at is null
    order by o.status <> 'active', m.created_at, m.id
    limit 1
$$;
comment on function overmind.find_first_admin() is 'The admin who has been there longest, with their organization; no row in an empty database.';
revoke all on function overmind.find_first_admin() from public;
grant execute on function overmind.find_first_admin() to service_role;
