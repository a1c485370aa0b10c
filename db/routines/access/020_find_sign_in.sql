-- Definer, because an e-mail address has no tenant. The only way to a password hash.
create or replace function overmind.find_sign_in(p_email text)
    returns table (user_id uuid, organization_id uuid, role text, password_hash text, name text, permissions jsonb)
    language sql stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select u.id, m.organization_id, m.role, u.password_hash, m.display_name, m.permissions
    from public.users u
    join public.organization_members m on m.user_id = u.id
    join public.organizations o on o.id = m.organization_id
    where lower(u.email) = lower(p_email)
      and u.deleted_at is null
      and m.left_at is null
      and o.deleted_at is null
    order by o.status <> 'active', m.created_at, m.id
    limit 1
$$;
comment on function overmind.find_sign_in(text) is
    'Who signs in with this address: one row with their first organization that is active, else with their first, else none.';
revoke all on function overmind.find_sign_in(text) from public;
grant execute on function overmind.find_sign_in(text) to service_role;
