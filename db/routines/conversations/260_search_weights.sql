-- Settings are open to SQL clients: what is no number, or out of range, counts as not set. Every name is qualified: a search path of its own would keep it from being inlined.
-- The defaults are those that found most on two sets of conversations (docs/embeddings.md).
create or replace function overmind.search_weights(p_settings jsonb, p_given jsonb)
    returns table (text double precision, vector double precision, recency double precision, importance double precision, neighbours double precision)
    language sql
    immutable
    parallel safe
as $$
    select
        overmind.search_weight(p_settings, p_given, 'text', 1),
        overmind.search_weight(p_settings, p_given, 'vector', 1),
        overmind.search_weight(p_settings, p_given, 'recency', 0.1),
        overmind.search_weight(p_settings, p_given, 'importance', 0.2),
        overmind.search_weight(p_settings, p_given, 'neighbours', 0.35)
$$;
comment on function overmind.search_weights(jsonb, jsonb) is
    'How much words, meaning, freshness, importance and what stands beside a hit count in a search: as asked for, else as the settings say (the member search_weights), else 1, 1, 0.1, 0.2 and 0.35.';
