-- Definer, because no role writes sessions. Only the caller's own.
create or replace function overmind.revoke_sessions(
    p_session_id uuid,
    p_others     boolean,
    p_reason     text)
    returns setof uuid
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.sessions s
    set revoked_at = clock_timestamp(),
        revoked_reason = p_reason
    where s.user_id = overmind.user_id()
      and case when p_others then s.id is distinct from p_session_id else s.id = p_session_id end
      and s.revoked_at is null
      and s.expires_at > clock_timestamp()
    returning s.id
$$;
comment on function overmind.revoke_sessions(uuid, boolean, text) is
    'Ends one of the caller''s sessions, or with p_others all but that one; returns those it ended.';
revoke all on function overmind.revoke_sessions(uuid, boolean, text) from public;
grant execute on function overmind.revoke_sessions(uuid, boolean, text) to authenticated, service_role;
