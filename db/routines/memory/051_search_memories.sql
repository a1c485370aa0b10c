-- Definer as search_ranked_messages. What has expired, what something else took the place of (unless it is asked how things were at a time), and what a branch said that was
-- left behind is never found; nor what came of a message that is deleted or held back.
create or replace function overmind.search_memories(
    p_query text, p_words boolean, p_vector vector, p_model text, p_weights jsonb, p_types text[], p_owner_type text, p_owner_id uuid, p_datastore uuid, p_category text, p_tags text[],
    p_metadata jsonb, p_from timestamptz, p_before timestamptz, p_conversation uuid, p_as_of timestamptz, p_after uuid, p_limit integer)
    returns table (
        memory_id uuid, snippet text, score double precision,
        text_score double precision, text_rank bigint, vector_score double precision, vector_rank bigint, recency double precision, importance double precision,
        neighbours double precision, words text[], is_complete boolean)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
    set jit = off
as $$
declare
    org    constant uuid := overmind.org_id();
    shown  constant text := coalesce((select string_agg(q.term::text, ' | ') from unnest(overmind.search_terms(p_query)) as q (term)), '');
    policy record;
begin
    select p.* into policy from public.organizations o cross join lateral overmind.memory_policy(o.settings) as p where o.id = org;
    return query
    with ranked as materialized (
        select r.*, row_number() over (order by r.score desc, r.id desc) as place
        from overmind.search_ranked(
            'memories',
            concat_ws(' and ',
                case when overmind.org_role() is distinct from 'admin'
                    then format('(t.user_id = %L or t.visibility = ''organization'')', overmind.user_id()) end,
                '(t.expires_at is null or t.expires_at > statement_timestamp())',
                coalesce(
                    't.valid_from <= ' || quote_literal(p_as_of) || ' and (t.valid_until is null or t.valid_until > ' || quote_literal(p_as_of) || ')',
                    '(t.valid_until is null or t.valid_until > statement_timestamp()) and t.superseded_by is null'),
                't.memory_type = any (' || quote_literal(p_types) || ')',
                't.owner_type = ' || quote_literal(p_owner_type),
                't.owner_id = ' || quote_literal(p_owner_id),
                't.datastore_id = ' || quote_literal(p_datastore),
                't.category = ' || quote_literal(p_category),
                't.tags @> ' || quote_literal(p_tags),
                't.metadata @> ' || quote_literal(p_metadata),
                't.created_at >= ' || quote_literal(p_from),
                't.created_at < ' || quote_literal(p_before),
                't.source_conversation_id = ' || quote_literal(p_conversation)),
            't.source_message_id is null or overmind.still_said(t.organization_id, t.source_conversation_id, t.source_message_id)',
            format(
                'case when t.pinned then 1 else overmind.memory_recency(t.last_accessed_at, %s, %s, t.decay_rate) end', policy.half_life_days, policy.recency_floor),
            't.importance', case when p_words then p_query end, p_vector, p_model, p_weights) as r),
    page as materialized (
        select k.*
        from ranked k
        where p_after is null or k.place > overmind.place_of_cursor((select l.place from ranked l where l.id = p_after))
        order by k.place
        limit p_limit)
    select p.id, overmind.search_snippet(o.settings, m.content, shown), p.score,
        p.text_score, p.text_rank, p.vector_score, p.vector_rank, p.recency, p.importance, p.neighbours, p.words, p.is_complete
    from page p
    join public.memories m on m.organization_id = org and m.id = p.id
    join public.organizations o on o.id = org
    order by p.place;
end
$$;
comment on function overmind.search_memories(text, boolean, vector, text, jsonb, text[], text, uuid, uuid, text, text[], jsonb, timestamptz, timestamptz, uuid, timestamptz, uuid, integer) is
    'Memories of the caller''s organization that the caller sees, the best first by their words (where p_words) and by their meaning (where p_vector is given), after one of them where p_after is given; with what each score is made of.';
revoke all on function overmind.search_memories(text, boolean, vector, text, jsonb, text[], text, uuid, uuid, text, text[], jsonb, timestamptz, timestamptz, uuid, timestamptz, uuid, integer) from public;
grant execute on function overmind.search_memories(text, boolean, vector, text, jsonb, text[], text, uuid, uuid, text, text[], jsonb, timestamptz, timestamptz, uuid, timestamptz, uuid, integer) to authenticated, service_role;
