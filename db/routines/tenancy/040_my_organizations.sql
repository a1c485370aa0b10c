-- Definer, because a caller sees the organization of their claims alone. The memberships of the caller, and names and states of what they belong to.
create or replace function overmind.my_organizations()
    returns table (id uuid, name text, slug text, plan text, status text, role text, display_name text, permissions jsonb, created_at timestamptz)
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select o.id, o.name, o.slug, o.plan, o.status, m.role, m.display_name, m.permissions, o.created_at
    from public.organization_members m
    join public.organizations o on o.id = m.organization_id
    join public.users u on u.id = m.user_id
    where m.user_id = overmind.user_id()
      and m.left_at is null
      and o.deleted_at is null
      and u.deleted_at is null
    order by m.created_at, m.id
$$;
comment on function overmind.my_organizations() is 'The organizations that the caller is a member of, with their role in each, the first they joined first.';
revoke all on function overmind.my_organizations() from public;
grant execute on function overmind.my_organizations() to authenticated, service_role;
