-- Definer, because no role writes password hashes. The user it is given, whose password the service has checked.
create or replace function overmind.set_password(
    p_user_id uuid,
    p_password_hash text,
    p_end_sessions boolean,
    p_keep uuid)
    returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.users u
    set password_hash = p_password_hash
    where u.id = p_user_id
      and u.deleted_at is null;
    if p_end_sessions then
        update public.sessions s
        set revoked_at = clock_timestamp(),
            revoked_reason = 'password_changed'
        where s.user_id = p_user_id
          and s.id is distinct from p_keep
          and s.revoked_at is null;
        perform overmind.audit_account(p_user_id, 'user.password_changed');
    end if;
end
$$;
comment on function overmind.set_password(uuid, text, boolean, uuid) is
    'Stores the hash of a person''s password; with p_end_sessions all of their sessions but p_keep end.';
revoke all on function overmind.set_password(uuid, text, boolean, uuid) from public;
grant execute on function overmind.set_password(uuid, text, boolean, uuid) to service_role;
