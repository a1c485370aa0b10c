-- Definer, because who only leaves may not change members. Tests the organization, and that the caller manages members or is the one who leaves.
create or replace function overmind.remove_member(p_member_id uuid) returns setof uuid
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.organization_members m
    set left_at = clock_timestamp()
    where m.organization_id = overmind.org_id()
      and m.id = p_member_id
      and m.left_at is null
      and (m.user_id = overmind.user_id() or overmind.has_permission('members.manage'))
    returning m.id
$$;
comment on function overmind.remove_member(uuid) is
    'Ends a membership of the caller''s organization, and with it the keys and sessions that act in its name; returns its id, or nothing when there is none that the caller may end. Fails with OV004 for the last admin.';
revoke all on function overmind.remove_member(uuid) from public;
grant execute on function overmind.remove_member(uuid) to authenticated, service_role;
