-- Definer, because a vector is no edit: whoever's text it is, and whoever asked. What was changed since the vector was made keeps none, and what has one by now keeps that.
-- The model's row is held meanwhile, so that no vector of a former model is written after another took its place.
create or replace function overmind.keep_vectors(
    p_of text, p_ids uuid[], p_digests text[], p_vectors text[], p_provider text, p_model text) returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    length integer;
    kept   integer;
begin
    if p_of not in ('messages', 'conversations', 'memories') then
        raise exception 'keep_vectors(%): messages, conversations or memories', p_of;
    end if;
    select m.dimensions into length from public.embedding_models m where m.status = 'active' and (m.provider, m.model) = (p_provider, p_model) for share;
    if not found then
        return 0;
    end if;
    execute format(
        $sql$
        update public.%1$I t
        set embedding = n.vector::vector,
            embedding_model_provider = $5,
            embedding_model_name = $6,
            embedding_dimensions = vector_dims(n.vector::vector)
        from unnest($2, $3, $4) as n (id, digest, vector)
        where t.organization_id = $1
          and t.id = n.id
          and t.embedding is null
          and md5(t.%2$I) = n.digest
          and vector_dims(n.vector::vector) = $7
        $sql$, p_of, case p_of when 'conversations' then 'title' else 'content' end)
    using overmind.org_id(), p_ids, p_digests, p_vectors, p_provider, p_model, length;
    get diagnostics kept = row_count;
    return kept;
end
$$;
comment on function overmind.keep_vectors(text, uuid[], text[], text[], text, text) is
    'Writes vectors of the active model beside texts of the caller''s organization that have none and are still the ones they were made of (by their MD5). Returns how many.';
revoke all on function overmind.keep_vectors(text, uuid[], text[], text[], text, text) from public;
grant execute on function overmind.keep_vectors(text, uuid[], text[], text[], text, text) to service_role;
