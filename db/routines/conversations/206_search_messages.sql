-- Definer, because words are found by an index that row-level security does not let be used (@@ is not leakproof); it states tenant and visibility itself, and tests
-- the organization of the claims.
-- What is ranked are the newest 1,000 messages that match, of which there may be many more: to rank 50,000 would take a second. How they are found is counted, and not
-- left to statistics, which know the words of all tenants together:
--   a conversation            its messages, from the newest
--   a word of every tenth     the organization's messages, from the newest, until there are 1,000 that match; where 20,000 have not so many, 100 are enough, as the
--                             index would give the matches of all members. Where there are not so many, because a filter leaves few, as
--   a phrase of every 200th   the same: the index gives all that have its words anywhere
--   anything else             the index
create or replace function overmind.search_messages(
    p_query text, p_role text, p_from timestamptz, p_before timestamptz, p_tag text, p_folder text, p_conversation uuid, p_after uuid, p_limit integer)
    returns table (
        message_id uuid, conversation_id uuid, title text, role text, branch integer, created_at timestamptz, snippet text,
        text_score double precision, recency double precision, score double precision, is_complete boolean)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
    set jit = off
as $$
declare
    org        constant uuid := overmind.org_id();
    query      constant tsquery := overmind.search_query(p_query);
    -- $1 organization, $2 caller, $3 whether they see all, $4 query, $5 to $9 filters, $10 the conversation
    fits       constant text := $fits$
        ($3 or m.user_id = $2 or m.visibility = 'organization')
        and ($5 is null or m.role = $5)
        and ($6 is null or m.created_at >= $6)
        and ($7 is null or m.created_at < $7)
        and exists (
            select from public.conversations c
            where c.organization_id = $1
              and c.id = m.conversation_id
              and c.deleted_at is null
              and ($8 is null or $8 = any (c.tags))
              and ($9 is null or c.folder = $9))$fits$;
    newest     constant text := 'select array_agg(f.id) from (select w.id from (%s) as w where w.fits limit 1000) as f';
    -- Reading a text's words costs more than seeing whose it is.
    further    constant text := $further$
        select array_agg(f.id)
        from (
            select m.id
            from (select * from public.messages n where n.organization_id = $1 and n.deleted_at is null order by n.id desc limit 20000) as m
            where case when $3 or m.user_id = $2 or m.visibility = 'organization' then m.tsv @@ $4 end and %s
            limit 1000) as f$further$;
    walk       constant text := $walk$
        select m.id, case when m.tsv @@ $4 then %s end as fits, m.tsv @@ $4 as matches
        from public.messages m
        where m.organization_id = $1 and m.deleted_at is null %s$walk$;
    ranked     constant text := $ranked$
        select m.id, m.conversation_id, m.role, m.branch, m.created_at, r.text_score, overmind.search_rank(r.text_score, null, m.created_at) as rank
        from public.messages m
        cross join lateral (select ts_rank_cd(m.tsv, $4, 33)::double precision as text_score) as r
        where m.organization_id = $1$ranked$;
    candidates uuid[];
    matching   bigint;
    walked     bigint;
    is_whole   boolean;
    after_rank double precision;
begin
    if org is null or numnode(query) = 0 then
        return;
    end if;
    if p_conversation is not null then
        execute format(newest, format(walk, fits, 'and m.conversation_id = $10 order by m.seq desc'))
        into candidates
        using org, overmind.user_id(), coalesce(overmind.org_role() = 'admin', false), query, p_role, p_from, p_before, p_tag, p_folder, p_conversation;
    else
        execute format(
            'select count(*), count(*) filter (where w.matches), array_agg(w.id) filter (where w.fits) from (%s) as w',
            format(walk, fits, 'order by m.id desc limit 2000'))
        into walked, matching, candidates
        using org, overmind.user_id(), coalesce(overmind.org_role() = 'admin', false), query, p_role, p_from, p_before, p_tag, p_folder;
        if walked = 2000 then
            if matching >= (case when query::text like '%<%>%' then 10 else 200 end) then
                execute format(further, fits)
                into candidates
                using org, overmind.user_id(), coalesce(overmind.org_role() = 'admin', false), query, p_role, p_from, p_before, p_tag, p_folder;
                is_whole := coalesce(cardinality(candidates), 0) < 1000 and not exists (select from public.messages m where m.organization_id = org order by m.id desc offset 20000);
            end if;
            if is_whole is null or coalesce(cardinality(candidates), 0) < 100 then
                is_whole := null;
                execute format(
                    $sql$
                    with found as materialized (
                        select m.id from public.messages m
                        where m.organization_id = $1 and m.tsv @@ $4 and m.tsv is not null and m.deleted_at is null and %s)
                    select array_agg(f.id) from (select id from found order by id desc limit 1000) as f
                    $sql$, fits)
                into candidates
                using org, overmind.user_id(), coalesce(overmind.org_role() = 'admin', false), query, p_role, p_from, p_before, p_tag, p_folder;
            end if;
        end if;
    end if;

    if p_after is not null then
        execute format('select r.rank from (%s and m.id = $11 and m.tsv @@ $4 and %s) as r', ranked, fits)
        into after_rank
        using org, overmind.user_id(), coalesce(overmind.org_role() = 'admin', false), query, p_role, p_from, p_before, p_tag, p_folder, p_conversation, p_after;
        if after_rank is null then
            raise exception using errcode = 'invalid_parameter_value', constraint = 'search_after', message = 'The cursor is nothing that this search finds';
        end if;
    end if;

    return query execute format(
        $sql$
        select p.id, p.conversation_id, c.title, p.role, p.branch, p.created_at,
            ts_headline(
                ('pg_catalog.' || overmind.search_language(o.settings))::regconfig, translate(left(m.content, 32768), chr(2) || chr(3), ''), $4,
                'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxFragments=2, MinWords=8, MaxWords=24, FragmentDelimiter=" … "'),
            p.text_score,
            2 ^ (overmind.search_rank(1, null, p.created_at) - overmind.search_rank(1, null, statement_timestamp())),
            2 ^ (p.rank - overmind.search_rank(1, null, statement_timestamp())),
            coalesce($7, cardinality($2) < 1000)
        from (
            select r.*
            from (%s and m.id = any ($2)) as r
            where $3 is null or (r.rank, r.id) < ($3, $5)
            order by r.rank desc, r.id desc
            limit $6) as p
        join public.messages m on m.organization_id = $1 and m.id = p.id
        join public.conversations c on c.organization_id = $1 and c.id = p.conversation_id
        join public.organizations o on o.id = $1
        order by p.rank desc, p.id desc
        $sql$, ranked)
    using org, candidates, after_rank, query, p_after, p_limit, is_whole;
end
$$;
comment on function overmind.search_messages(text, text, timestamptz, timestamptz, text, text, uuid, uuid, integer) is
    'Messages of the caller''s organization that the caller sees and that match, the most relevant first, after one of them where p_after is given; the newest 1,000 matches are put in order, of a frequent word at least the newest 100. In a snippet, what matched stands between the characters STX and ETX.';
revoke all on function overmind.search_messages(text, text, timestamptz, timestamptz, text, text, uuid, uuid, integer) from public;
grant execute on function overmind.search_messages(text, text, timestamptz, timestamptz, text, text, uuid, uuid, integer) to authenticated, service_role;
