-- Definer, because a caller sees the organization of their claims alone. One membership of the person that it is given, while both are in force.
create or replace function overmind.find_membership(p_user_id uuid, p_organization_id uuid)
    returns table (role text, permissions jsonb, display_name text)
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select m.role, m.permissions, m.display_name
    from public.organization_members m
    join public.organizations o on o.id = m.organization_id
    join public.users u on u.id = m.user_id
    where m.user_id = p_user_id
      and m.organization_id = p_organization_id
      and m.left_at is null
      and o.deleted_at is null
      and u.deleted_at is null
$$;
comment on function overmind.find_membership(uuid, uuid) is 'As what a person belongs to an organization: one row, or none.';
revoke all on function overmind.find_membership(uuid, uuid) from public;
grant execute on function overmind.find_membership(uuid, uuid) to service_role;
