-- Definer as keep_vectors. The model's row is held meanwhile, so that what was cancelled gets no vector after it was.
create or replace function overmind.keep_next_vectors(p_of text, p_ids uuid[], p_digests text[], p_vectors text[], p_provider text, p_model text) returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    next public.embedding_models;
    kept integer;
begin
    if p_of not in ('messages', 'conversations', 'memories') then
        raise exception 'keep_next_vectors(%): messages, conversations or memories', p_of;
    end if;
    select m.* into next
    from public.embedding_models m
    where (m.status = 'next' or m.status = 'active' and m.in_next)
      and (m.provider, m.model) = (p_provider, p_model)
    order by m.status desc
    limit 1
    for share;
    if not found then
        return 0;
    end if;
    execute format(
        $sql$
        update public.%1$I t
        set embedding_next = n.vector::vector,
            embedding_next_model = $5
        from unnest($2, $3, $4) as n (id, digest, vector)
        where t.organization_id = $1
          and t.id = n.id
          and md5(t.%2$I) = n.digest
          and vector_dims(n.vector::vector) = $6
          and %3$s
        $sql$, p_of, case p_of when 'conversations' then 'title' else 'content' end, overmind.lacking_vector(p_of, next))
    using overmind.org_id(), p_ids, p_digests, p_vectors, p_provider || '/' || p_model, next.dimensions;
    get diagnostics kept = row_count;
    return kept;
end
$$;
comment on function overmind.keep_next_vectors(text, uuid[], text[], text[], text, text) is
    'Writes vectors of the model that takes the place of another beside texts of the caller''s organization that are still the ones they were made of (by their MD5). Returns how many.';
revoke all on function overmind.keep_next_vectors(text, uuid[], text[], text[], text, text) from public;
grant execute on function overmind.keep_next_vectors(text, uuid[], text[], text[], text, text) to service_role;
