-- Definer, because it sweeps all organizations; it returns nothing of them.
create or replace function overmind.delete_ended_sessions()
    returns void
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.invitations i
    set status = 'expired'
    where i.status = 'pending'
      and i.expires_at <= clock_timestamp();
    delete from public.sessions s
    where least(s.expires_at, s.revoked_at) < clock_timestamp() - interval '30 days';
    delete from overmind.refresh_tokens t
    using public.sessions s
    where s.id = t.session_id
      and least(s.expires_at, s.revoked_at) < clock_timestamp();
    delete from overmind.one_time_tokens t
    where t.expires_at < clock_timestamp() - interval '7 days';
    delete from overmind.signing_keys k
    where k.retired_at < clock_timestamp() - interval '1 day';
$$;
comment on function overmind.delete_ended_sessions() is
    'Notes what invitations have expired, and deletes sessions that ended 30 days ago, their tokens, old links and retired keys.';
revoke all on function overmind.delete_ended_sessions() from public;
grant execute on function overmind.delete_ended_sessions() to service_role;
