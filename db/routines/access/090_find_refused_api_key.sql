-- Definer, because claims follow from a key, and this one has none any more. Only who knows the secret finds it; the organization in the key is tested.
create or replace function overmind.find_refused_api_key(p_organization_id uuid, p_key_hash text)
    returns table (api_key_id uuid, user_id uuid)
    language sql stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select k.id, k.user_id
    from public.api_keys k
    where k.organization_id = p_organization_id
      and k.key_hash = p_key_hash
$$;
comment on function overmind.find_refused_api_key(uuid, text) is
    'Whose a key was that is in force no longer: for the audit log alone. p_key_hash is the SHA-256 of the secret, in hex.';
revoke all on function overmind.find_refused_api_key(uuid, text) from public;
grant execute on function overmind.find_refused_api_key(uuid, text) to service_role;
