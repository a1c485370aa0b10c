-- Definer, because claims follow from the membership, and a caller sees the organization of theirs alone. One membership of the person it is given.
-- One that is suspended is read; that nothing in it is written, its tables see to.
create or replace function overmind.find_membership(p_user_id uuid, p_organization_id uuid)
    returns table (organization_id uuid, role text, permissions jsonb, display_name text)
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select m.organization_id, m.role, m.permissions, m.display_name
    from public.organization_members m
    join public.organizations o on o.id = m.organization_id
    join public.users u on u.id = m.user_id
    where m.user_id = p_user_id
      and (p_organization_id is null or m.organization_id = p_organization_id)
      and m.left_at is null
      and o.deleted_at is null
      and u.deleted_at is null
    order by o.status <> 'active', m.created_at, m.id
    limit 1
$$;
comment on function overmind.find_membership(uuid, uuid) is
    'As what a person belongs to an organization; without one, to their first that is active, else to their first: one row, or none.';
revoke all on function overmind.find_membership(uuid, uuid) from public;
grant execute on function overmind.find_membership(uuid, uuid) to service_role;
