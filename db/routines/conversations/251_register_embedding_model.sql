-- Definer, because the models are the installation's. The first that is heard of becomes the active one; which one is afterwards, a migration of the embeddings says.
create or replace function overmind.register_embedding_model(p_provider text, p_model text, p_dimensions integer, p_version text) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into public.embedding_models (provider, model, dimensions, version, status, activated_at)
    values (p_provider, p_model, p_dimensions, p_version, 'active', clock_timestamp())
    on conflict do nothing;
end
$$;
comment on function overmind.register_embedding_model(text, text, integer, text) is 'Makes a model the active one of the installation, where there is none yet.';
revoke all on function overmind.register_embedding_model(text, text, integer, text) from public;
grant execute on function overmind.register_embedding_model(text, text, integer, text) to service_role;
