-- Definer, because it replaces the answer of another member's call, too. A row of the caller's organization, in the caller's name. The new answer has an id of
-- its own: a report on the old one does not concern it.
create or replace function overmind.store_cached_response(
    p_cache_key text, p_prompt_hash text, p_scope_hash text, p_provider text, p_model text, p_quality_tier text, p_tags text[], p_response_content text, p_response jsonb,
    p_tokens_input bigint, p_tokens_output bigint, p_cost numeric, p_ledger_id uuid, p_embedding vector, p_embedding_model_provider text, p_embedding_model_name text,
    p_ttl interval, p_question text) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if overmind.org_id() is null then
        return;
    end if;
    insert into public.ai_response_cache as c (
        organization_id, user_id, visibility, cache_key, prompt_hash, scope_hash, question, provider, model, quality_tier, tags, response_content, response,
        tokens_used, tokens_input, tokens_output, cost, ledger_id, embedding, embedding_model_provider, embedding_model_name, embedding_dimensions, expires_at)
    values (
        overmind.org_id(), overmind.user_id(), 'private', p_cache_key, p_prompt_hash, p_scope_hash, p_question, p_provider, p_model, p_quality_tier, p_tags, p_response_content, p_response,
        p_tokens_input + p_tokens_output, p_tokens_input, p_tokens_output, p_cost, p_ledger_id, p_embedding, p_embedding_model_provider, p_embedding_model_name,
        vector_dims(p_embedding), clock_timestamp() + p_ttl)
    on conflict on constraint ai_response_cache_cache_key_key do update
    set id = excluded.id,
        user_id = excluded.user_id,
        visibility = excluded.visibility,
        scope_hash = excluded.scope_hash,
        question = excluded.question,
        tags = excluded.tags,
        response_content = excluded.response_content,
        response = excluded.response,
        tokens_used = excluded.tokens_used,
        tokens_input = excluded.tokens_input,
        tokens_output = excluded.tokens_output,
        cost = excluded.cost,
        ledger_id = excluded.ledger_id,
        embedding = excluded.embedding,
        embedding_model_provider = excluded.embedding_model_provider,
        embedding_model_name = excluded.embedding_model_name,
        embedding_dimensions = excluded.embedding_dimensions,
        hit_count = 0,
        last_hit_at = null,
        expires_at = excluded.expires_at,
        created_at = excluded.created_at;
end
$$;
comment on function overmind.store_cached_response(text, text, text, text, text, text, text[], text, jsonb, bigint, bigint, numeric, uuid, vector, text, text, interval, text) is
    'Keeps an answer for the caller''s organization; one to the same request is replaced.';
revoke all on function overmind.store_cached_response(text, text, text, text, text, text, text[], text, jsonb, bigint, bigint, numeric, uuid, vector, text, text, interval, text) from public;
grant execute on function overmind.store_cached_response(text, text, text, text, text, text, text[], text, jsonb, bigint, bigint, numeric, uuid, vector, text, text, interval, text) to service_role;
