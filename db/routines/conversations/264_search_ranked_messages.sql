-- Definer, because row-level security does not let the indexes be used that find words and vectors; it states tenant and visibility itself. All that is put into the
-- statement is quoted.
create or replace function overmind.search_ranked_messages(
    p_query text, p_words boolean, p_vector vector, p_model text, p_weights jsonb, p_role text, p_from timestamptz, p_before timestamptz, p_tag text, p_folder text,
    p_conversation uuid, p_after uuid, p_limit integer)
    returns table (
        message_id uuid, conversation_id uuid, title text, role text, branch integer, created_at timestamptz, snippet text, score double precision,
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
            'messages',
            concat_ws(' and ',
                case when overmind.org_role() is distinct from 'admin'
                    then format('(t.user_id = %L or t.visibility = ''organization'')', overmind.user_id()) end,
                't.role = ' || quote_literal(p_role),
                't.created_at >= ' || quote_literal(p_from),
                't.created_at < ' || quote_literal(p_before),
                't.conversation_id = ' || quote_literal(p_conversation),
                -- No joins, which would keep the vectors' index from being walked in its order; not in is looked up once.
                format('t.conversation_id not in (select c.id from public.conversations c where c.organization_id = %L and c.deleted_at is not null)', org),
                case when p_tag is not null or p_folder is not null then format(
                    '(select true %s from public.conversations c where c.organization_id = t.organization_id and c.id = t.conversation_id)',
                    concat(' and ' || quote_literal(p_tag) || ' = any (c.tags)', ' and c.folder = ' || quote_literal(p_folder))) end),
            'true', '(2 ^ -least(1000, greatest(0, extract(epoch from statement_timestamp() - t.created_at)::double precision / 31557600)))', '0::double precision',
            case when p_words then p_query end, p_vector, p_model, p_weights || '{"importance": 0}') as r),
    page as materialized (
        select k.*
        from ranked k
        where p_after is null or k.place > overmind.place_of_cursor((select l.place from ranked l where l.id = p_after))
        order by k.place
        limit p_limit)
    select p.id, m.conversation_id, c.title, m.role, m.branch, m.created_at,
        overmind.search_snippet(o.settings, m.content, shown), p.score,
        p.text_score, p.text_rank, p.vector_score, p.vector_rank, p.recency, p.neighbours, p.words, p.is_complete
    from page p
    join public.messages m on m.organization_id = org and m.id = p.id
    join public.conversations c on c.organization_id = org and c.id = m.conversation_id
    join public.organizations o on o.id = org
    order by p.place;
end
$$;
comment on function overmind.search_ranked_messages(text, boolean, vector, text, jsonb, text, timestamptz, timestamptz, text, text, uuid, uuid, integer) is
    'Messages of the caller''s organization that the caller sees, the best first by their words (where p_words) and by their meaning (where p_vector is given), after one of them where p_after is given; with what each score is made of.';
revoke all on function overmind.search_ranked_messages(text, boolean, vector, text, jsonb, text, timestamptz, timestamptz, text, text, uuid, uuid, integer) from public;
grant execute on function overmind.search_ranked_messages(text, boolean, vector, text, jsonb, text, timestamptz, timestamptz, text, text, uuid, uuid, integer) to authenticated, service_role;
