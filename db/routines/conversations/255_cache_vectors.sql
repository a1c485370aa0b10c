-- Definer as find_cached_vectors.
create or replace function overmind.cache_vectors(p_model text, p_hashes bytea[], p_vectors text[]) returns void
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    insert into overmind.embedding_cache (organization_id, model, text_hash, embedding, used_on)
    select overmind.org_id(), p_model, n.text_hash, n.vector::vector, current_date
    from unnest(p_hashes, p_vectors) as n (text_hash, vector)
    -- A model may be asked for vectors of another length.
    on conflict (organization_id, model, text_hash) do update set embedding = excluded.embedding, used_on = excluded.used_on
$$;
comment on function overmind.cache_vectors(text, bytea[], text[]) is 'Remembers what vectors a model made of texts of the caller''s organization.';
revoke all on function overmind.cache_vectors(text, bytea[], text[]) from public;
grant execute on function overmind.cache_vectors(text, bytea[], text[]) to service_role;
