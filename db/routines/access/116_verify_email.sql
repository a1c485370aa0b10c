-- Definer, because no role writes that. Only with the token that was sent to the address.
create or replace function overmind.verify_email(p_token_hash text)
    returns uuid
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.users u
    set email_verified = true,
        email_verified_at = clock_timestamp()
    from overmind.take_one_time_token(p_token_hash, 'verify_email') as t
    where u.id = t.user_id
      and lower(u.email) = lower(t.email)
      and u.deleted_at is null
    returning u.id
$$;
comment on function overmind.verify_email(text) is
    'Notes that an address is its person''s; null: the link is not good.';
revoke all on function overmind.verify_email(text) from public;
grant execute on function overmind.verify_email(text) to service_role;
