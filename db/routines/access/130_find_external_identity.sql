-- Definer, because an external identity has no tenant. One id, of whom the provider vouched for.
create or replace function overmind.find_external_identity(p_issuer text, p_subject text)
    returns uuid
    language sql stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select i.user_id
    from overmind.external_identities i
    join public.users u on u.id = i.user_id
    where i.issuer = p_issuer
      and i.subject = p_subject
      and u.deleted_at is null
$$;
comment on function overmind.find_external_identity(text, text) is
    'Who a person of an OpenID provider is here; null: not known.';
revoke all on function overmind.find_external_identity(text, text) from public;
grant execute on function overmind.find_external_identity(text, text) to service_role;
