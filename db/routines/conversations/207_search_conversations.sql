-- Definer as search_messages. Titles are short and a hundredth of what messages are: all that match are read, and the newest 1,000 of them put in order.
create or replace function overmind.search_conversations(
    p_query text, p_from timestamptz, p_before timestamptz, p_tag text, p_folder text, p_after uuid, p_limit integer)
    returns table (
        conversation_id uuid, title text, created_at timestamptz, snippet text,
        text_score double precision, recency double precision, score double precision, is_complete boolean)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
    set plan_cache_mode = force_custom_plan
    set jit = off
as $$
declare
    org        constant uuid := overmind.org_id();
    query      constant tsquery := overmind.search_query(p_query);
    candidates uuid[];
    after_rank double precision;
begin
    if org is null or numnode(query) = 0 then
        return;
    end if;
    with found as materialized (
        select c.id
        from public.conversations c
        where c.organization_id = org
          and c.tsv @@ query
          and c.tsv is not null
          and c.deleted_at is null
          and (coalesce(overmind.org_role() = 'admin', false) or c.user_id = overmind.user_id() or c.visibility = 'organization')
          and (p_from is null or c.created_at >= p_from)
          and (p_before is null or c.created_at < p_before)
          and (p_tag is null or p_tag = any (c.tags))
          and (p_folder is null or c.folder = p_folder))
    select array_agg(f.id) into candidates
    from (select id from found order by id desc limit 1000) as f;

    if p_after is not null then
        select overmind.search_rank(ts_rank_cd(c.tsv, query, 33), null, c.created_at) into after_rank
        from public.conversations c
        where c.organization_id = org
          and c.id = p_after
          and c.id = any (candidates);
        if after_rank is null then
            raise exception using errcode = 'invalid_parameter_value', constraint = 'search_after', message = 'The cursor is nothing that this search finds';
        end if;
    end if;

    return query
    select c.id, c.title, c.created_at,
        ts_headline(
            ('pg_catalog.' || overmind.search_language(o.settings))::regconfig, translate(c.title, chr(2) || chr(3), ''), query,
            'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', HighlightAll=true'),
        r.text_score,
        2 ^ (overmind.search_rank(1, null, c.created_at) - overmind.search_rank(1, null, statement_timestamp())),
        2 ^ (k.rank - overmind.search_rank(1, null, statement_timestamp())),
        cardinality(candidates) < 1000
    from public.conversations c
    join public.organizations o on o.id = org
    cross join lateral (select ts_rank_cd(c.tsv, query, 33)::double precision as text_score) as r
    cross join lateral (select overmind.search_rank(r.text_score, null, c.created_at) as rank) as k
    where c.organization_id = org
      and c.id = any (candidates)
      and (after_rank is null or (k.rank, c.id) < (after_rank, p_after))
    order by k.rank desc, c.id desc
    limit p_limit;
end
$$;
comment on function overmind.search_conversations(text, timestamptz, timestamptz, text, text, uuid, integer) is
    'Conversations of the caller''s organization that the caller sees and whose title matches, the most relevant first, after one of them where p_after is given. In a snippet, what matched stands between the characters STX and ETX.';
revoke all on function overmind.search_conversations(text, timestamptz, timestamptz, text, text, uuid, integer) from public;
grant execute on function overmind.search_conversations(text, timestamptz, timestamptz, text, text, uuid, integer) to authenticated, service_role;
