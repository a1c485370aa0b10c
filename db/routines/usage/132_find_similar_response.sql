-- Definer as find_cached_response. A scope of up to 1,000 rows is compared row by row, which misses nothing; a larger one is walked by the index, and what is
-- nearest there is compared once more. Which it is, is counted and not left to statistics: a table that fills quickly has old ones.
-- Model and dimensions stand in the statement as literals, so that the partial index of the model is found; sorting is made dear, so that it is taken.
create or replace function overmind.find_similar_response(
    p_scope_hash text, p_provider text, p_model_name text, p_embedding vector, p_min_similarity double precision)
    returns table (entry_id uuid, response text, tokens_used bigint, cost numeric, similarity double precision, question text)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
    set enable_sort = off
    set jit = off
as $$
declare
    dimensions  integer := vector_dims(p_embedding);
    scope       text := format(
        'from public.ai_response_cache c where c.organization_id = $1 and c.scope_hash = $2 and c.embedding_model_provider = %L and c.embedding_model_name = %L and c.embedding_dimensions = %s',
        p_provider, p_model_name, dimensions);
    is_large    boolean;
begin
    -- Not fixed above: where pgvector is not loaded yet, only a superuser may make such a function. It ends with the transaction.
    perform set_config('hnsw.iterative_scan', 'strict_order', true);
    -- Of the scope's index alone: the rows are large, and most of them are not looked at.
    select count(*) > 1000 into is_large
    from (
        select
        from public.ai_response_cache c
        where c.organization_id = overmind.org_id()
          and c.scope_hash = p_scope_hash
        limit 1001
    ) as rows;
    return query execute format(
        case when is_large
            then 'with near as materialized (select c.* %1$s and c.response is not null and c.expires_at > clock_timestamp() order by c.embedding::halfvec(%2$s) <=> $3::halfvec(%2$s) limit 8)'
            else 'with near as materialized (select c.* %1$s and c.response is not null and c.expires_at > clock_timestamp())'
        end
        || ' select n.id, n.response::text, n.tokens_used, n.cost, 1 - (n.embedding <=> $3), n.question from near n where 1 - (n.embedding <=> $3) >= $4 order by n.embedding <=> $3, n.id limit 5',
        scope, dimensions)
    using overmind.org_id(), p_scope_hash, p_embedding, p_min_similarity;
end
$$;
comment on function overmind.find_similar_response(text, text, text, vector, double precision) is
    'The answers to the most similar questions of a scope, up to five of the caller''s organization, the nearest first; those that are similar enough.';
revoke all on function overmind.find_similar_response(text, text, text, vector, double precision) from public;
grant execute on function overmind.find_similar_response(text, text, text, vector, double precision) to service_role;
