-- Definer, because nobody may write the log by hand. Of the row that was written.
create or replace function overmind.sessions_audit() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    act constant text := case tg_op when 'INSERT' then 'login' else 'logout' end;
begin
    perform overmind.audit_as(
        new.organization_id, new.user_id, 'user.' || act, act, 'user', new.user_id::text, 'success',
        p_metadata => jsonb_build_object('session_id', new.id, 'device_type', new.device_type),
        p_ip => case tg_op when 'INSERT' then new.ip_address end,
        p_user_agent => case tg_op when 'INSERT' then new.user_agent end);
    return null;
end
$$;
comment on function overmind.sessions_audit() is 'Trigger: a session is the sign-in of a member, and its end by themselves the sign-out.';
revoke all on function overmind.sessions_audit() from public;

create or replace trigger audit_sign_in
    after insert on public.sessions
    for each row execute function overmind.sessions_audit();
create or replace trigger audit_sign_out
    after update of revoked_at on public.sessions
    for each row
    when (old.revoked_at is null and new.revoked_reason = 'signed_out')
    execute function overmind.sessions_audit();
-- Ended by anybody or anything else.
create or replace trigger audit
    after update of revoked_at on public.sessions
    for each row
    when (old.revoked_at is null and new.revoked_reason <> 'signed_out')
    execute function overmind.audit_change('session', 'revoked_reason', 'revoked_at=revoked');
