-- Definer, because no role writes sessions. A session of the person it is given, to an organization that they are a member of.
create or replace function overmind.move_session(p_session_id uuid, p_user_id uuid, p_organization_id uuid)
    returns table (organization_id uuid, role text, permissions jsonb, display_name text)
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.sessions s
    set organization_id = m.organization_id,
        last_active_at = clock_timestamp()
    from overmind.find_membership(p_user_id, p_organization_id) as m
    where s.id = p_session_id
      and s.user_id = p_user_id
      and s.revoked_at is null
      and s.expires_at > clock_timestamp()
    returning m.organization_id, m.role, m.permissions, m.display_name
$$;
comment on function overmind.move_session(uuid, uuid, uuid) is
    'Lets a session act in another of its person''s organizations from now on: one row, or none where they are no member there or the session has ended.';
revoke all on function overmind.move_session(uuid, uuid, uuid) from public;
grant execute on function overmind.move_session(uuid, uuid, uuid) to service_role;
