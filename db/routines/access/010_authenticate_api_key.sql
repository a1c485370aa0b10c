-- Definer, because claims follow from the key. The key itself carries its organization, which is tested here.
-- One that is suspended is read with its keys; that nothing in it is written, its tables see to.
create or replace function overmind.authenticate_api_key(p_organization_id uuid, p_key_hash text)
    returns table (api_key_id uuid, user_id uuid, role text, scopes jsonb, name text, expires_at timestamptz, permissions jsonb)
    language sql stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select k.id, k.user_id, m.role, k.scopes, k.name, k.expires_at, m.permissions
    from public.api_keys k
    join public.organization_members m on m.organization_id = k.organization_id and m.user_id = k.user_id
    join public.organizations o on o.id = k.organization_id
    join public.users u on u.id = k.user_id
    where k.organization_id = p_organization_id
      and k.key_hash = p_key_hash
      and k.is_active
      and k.revoked_at is null
      and (k.expires_at is null or k.expires_at > clock_timestamp())
      and m.left_at is null
      and o.deleted_at is null
      and u.deleted_at is null
$$;
comment on function overmind.authenticate_api_key(uuid, text) is
    'Whose key this is: one row while key, member and user are in force and the organization is there, else none. p_key_hash is the SHA-256 of the secret, in hex.';
revoke all on function overmind.authenticate_api_key(uuid, text) from public;
grant execute on function overmind.authenticate_api_key(uuid, text) to service_role;
