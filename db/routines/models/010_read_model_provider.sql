-- Definer, because no request role reads the column of the secret. For the service alone, which holds the key that the secret is
-- encrypted with; the organization is tested here.
create or replace function overmind.read_model_provider(p_organization_id uuid, p_key text)
    returns table (id uuid, kind text, base_url text, secret bytea, settings jsonb)
    language sql stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select p.id, p.kind, p.base_url, p.secret, p.settings
    from public.model_providers p
    where p.organization_id = p_organization_id
      and p.key = p_key
      and p.is_active
      and p.deleted_at is null
$$;
comment on function overmind.read_model_provider(uuid, text) is
    'The active provider of an organization by its key, with the encrypted secret: one row, or none.';
revoke all on function overmind.read_model_provider(uuid, text) from public;
grant execute on function overmind.read_model_provider(uuid, text) to service_role;
