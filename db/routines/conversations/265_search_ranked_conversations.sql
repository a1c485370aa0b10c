-- Definer as search_ranked_messages.
create or replace function overmind.search_ranked_conversations(
    p_query text, p_words boolean, p_vector vector, p_model text, p_weights jsonb, p_from timestamptz, p_before timestamptz, p_tag text, p_folder text,
    p_after uuid, p_limit integer)
    returns table (
        conversation_id uuid, title text, created_at timestamptz, snippet text, score double precision,
        text_score double precision, text_rank bigint, vector_score double precision, vector_rank bigint, recency double precision, neighbours double precision,
        words text[], is_complete boolean)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
    set jit = off
as $$
declare
    org   constant uuid := overmind.org_id();
    shown constant text := coalesce((select string_agg(q.term::text, ' | ') from unnest(overmind.search_terms(p_query)) as q (term)), '');
begin
    return query
    with ranked as materialized (
        select r.*, row_number() over (order by r.score desc, r.id desc) as place
        from overmind.search_ranked(
            'conversations',
            concat_ws(' and ',
                case when overmind.org_role() is distinct from 'admin'
                    then format('(t.user_id = %L or t.visibility = ''organization'')', overmind.user_id()) end,
                'true',
                't.created_at >= ' || quote_literal(p_from),
                't.created_at < ' || quote_literal(p_before),
                quote_literal(p_tag) || ' = any (t.tags)',
                't.folder = ' || quote_literal(p_folder)),
            'true', '(2 ^ -least(1000, greatest(0, extract(epoch from statement_timestamp() - t.created_at)::double precision / 31557600)))', '0::double precision',
            case when p_words then p_query end, p_vector, p_model, p_weights || '{"importance": 0}') as r),
    page as materialized (
        select k.*
        from ranked k
        where p_after is null or k.place > overmind.place_of_cursor((select l.place from ranked l where l.id = p_after))
        order by k.place
        limit p_limit)
    select p.id, c.title, c.created_at,
        overmind.search_snippet(o.settings, c.title, shown), p.score,
        p.text_score, p.text_rank, p.vector_score, p.vector_rank, p.recency, p.neighbours, p.words, p.is_complete
    from page p
    join public.conversations c on c.organization_id = org and c.id = p.id
    join public.organizations o on o.id = org
    order by p.place;
end
$$;
comment on function overmind.search_ranked_conversations(text, boolean, vector, text, jsonb, timestamptz, timestamptz, text, text, uuid, integer) is
    'Conversations of the caller''s organization that the caller sees, the best first by the words of their titles (where p_words) and by their meaning (where p_vector is given), after one of them where p_after is given; with what each score is made of.';
revoke all on function overmind.search_ranked_conversations(text, boolean, vector, text, jsonb, timestamptz, timestamptz, text, text, uuid, integer) from public;
grant execute on function overmind.search_ranked_conversations(text, boolean, vector, text, jsonb, timestamptz, timestamptz, text, text, uuid, integer) to authenticated, service_role;
