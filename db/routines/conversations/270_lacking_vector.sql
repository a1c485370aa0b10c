-- One sentence for all who ask: which texts are embedded, and which are waited for before the switch.
create or replace function overmind.lacking_vector(p_of text, p_model public.embedding_models) returns text
    language sql
    immutable
    set search_path = pg_catalog, public, pg_temp
as $$
    select format(
        '(t.%1$I <> '''' and t.deleted_at is null and t.embedding_next_model is distinct from %2$L and (t.embedding_model_provider, t.embedding_model_name, t.embedding_dimensions) is distinct from (%3$L, %4$L, %5$s))',
        case p_of when 'conversations' then 'title' else 'content' end, p_model.provider || '/' || p_model.model, p_model.provider, p_model.model, p_model.dimensions)
$$;
comment on function overmind.lacking_vector(text, public.embedding_models) is
    'The condition, as SQL, that a text t of messages, conversations or memories has no vector of a model that takes the place of another.';
revoke all on function overmind.lacking_vector(text, public.embedding_models) from public;
