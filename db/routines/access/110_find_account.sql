-- Definer, because an e-mail address has no tenant. One row, without its hash.
create or replace function overmind.find_account(p_email text)
    returns table (user_id uuid, name text, email text)
    language sql stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select u.id, u.name, u.email
    from public.users u
    where lower(u.email) = lower(p_email)
      and u.deleted_at is null
$$;
comment on function overmind.find_account(text) is
    'Whose account an address is: one row or none. For mails to that address alone.';
revoke all on function overmind.find_account(text) from public;
grant execute on function overmind.find_account(text) to service_role;
