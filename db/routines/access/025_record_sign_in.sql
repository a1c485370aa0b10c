-- Definer, because nobody may write the times of sign-ins by themselves.
create or replace function overmind.record_sign_in(p_user_id uuid) returns void
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.users u
    set last_login_at = clock_timestamp(),
        last_active_at = clock_timestamp()
    where u.id = p_user_id
$$;
comment on function overmind.record_sign_in(uuid) is 'Notes when a user signed in.';
revoke all on function overmind.record_sign_in(uuid) from public;
grant execute on function overmind.record_sign_in(uuid) to service_role;
