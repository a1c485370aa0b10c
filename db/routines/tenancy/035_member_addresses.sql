-- Definer, because a caller sees their own row of users alone. E-mail addresses of the caller's organization, for who manages its members.
create or replace function overmind.member_addresses() returns table (user_id uuid, email text, email_verified boolean, last_login_at timestamptz)
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select u.id, u.email, u.email_verified, u.last_login_at
    from public.organization_members m
    join public.users u on u.id = m.user_id
    where m.organization_id = overmind.org_id()
      and (m.user_id = overmind.user_id() or overmind.has_permission('members.manage'))
$$;
comment on function overmind.member_addresses() is 'The addresses of the members of the caller''s organization, for those who manage them; for others their own.';
revoke all on function overmind.member_addresses() from public;
grant execute on function overmind.member_addresses() to authenticated, service_role;
