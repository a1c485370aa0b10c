-- Clients of the chat completions send all of a conversation each time. What its active branch has already, the same by role and text from the beginning, is not
-- written again. Where the two part, a branch goes on after the last message that is the same.
-- What they say to the system stands before it all and may change: it is compared with nothing, and written where the branch has no such text yet.
-- The conversation's row is held first, as by each message: of two exchanges at once the second sees what the first has kept.
create or replace function overmind.keep_exchange(p_conversation_id uuid, p_messages jsonb, out kept integer, out branch integer)
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    there integer;
    same  integer;
    first uuid;
    last  uuid;
begin
    select c.active_branch into keep_exchange.branch
    from public.conversations c
    where c.organization_id = overmind.org_id() and c.id = p_conversation_id and c.deleted_at is null
    for no key update;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no conversation %s', p_conversation_id),
            table = 'messages',
            constraint = 'messages_conversation_fkey';
    end if;

    with given as (
        select row_number() over (order by g.place) as n, g.message ->> 'role' as role, g.message ->> 'content' as content
        from jsonb_array_elements(p_messages) with ordinality as g (message, place)
        where g.message ->> 'role' <> 'system'
    ), stored as (
        select row_number() over (order by m.seq) as n, m.id, m.role, m.content
        from overmind.branch_segments(overmind.org_id(), p_conversation_id, keep_exchange.branch) as s
        join public.messages m
            on m.organization_id = overmind.org_id() and m.conversation_id = p_conversation_id and m.branch = s.branch
            and m.seq > s.after_seq and m.seq <= s.until_seq
        where m.deleted_at is null and m.role <> 'system'
    ), compared as (
        select s.n, s.id, coalesce(min(s.n) filter (where (s.role, s.content) is distinct from (g.role, g.content)) over () - 1, count(*) over ()) as same
        from stored s
        left join given g on g.n = s.n
    )
    select count(*), coalesce(min(c.same), 0), min(c.id::text) filter (where c.n = 1), min(c.id::text) filter (where c.n = c.same)
    into there, same, first, last
    from compared c;

    if same < there then
        keep_exchange.branch := overmind.fork_branch(p_conversation_id, coalesce(last, first), p_before => last is null);
    end if;

    insert into public.messages (id, conversation_id, role, content, content_parts, tools, model_used, tokens_used, latency_ms, metadata)
    select
        (n.message ->> 'id')::uuid, p_conversation_id, n.message ->> 'role', n.message ->> 'content', nullif(n.message -> 'content_parts', 'null'),
        nullif(n.message -> 'tools', 'null'), n.message ->> 'model_used', (n.message ->> 'tokens_used')::integer, (n.message ->> 'latency_ms')::integer,
        coalesce(n.message -> 'metadata', '{}')
    from (
        select
            g.message, g.place,
            count(*) filter (where g.message ->> 'role' <> 'system') over (order by g.place) as n
        from jsonb_array_elements(p_messages) with ordinality as g (message, place)) as n
    where case n.message ->> 'role'
        when 'system' then not exists (
            select
            from overmind.branch_segments(overmind.org_id(), p_conversation_id, keep_exchange.branch) as s
            join public.messages m
                on m.organization_id = overmind.org_id() and m.conversation_id = p_conversation_id and m.branch = s.branch
                and m.seq > s.after_seq and m.seq <= s.until_seq
            where m.deleted_at is null and m.role = 'system' and m.content = n.message ->> 'content')
        else n.n > same
    end
    order by n.place;
    get diagnostics kept = row_count;
end
$$;
comment on function overmind.keep_exchange(uuid, jsonb) is
    'Appends to a conversation what is new of an exchange: an array of messages (id, role, content, content_parts, tools, model_used, tokens_used, latency_ms, metadata), all that were said. Tells how many it kept, and on which branch: a new one where the exchange departs from the active one.';
revoke all on function overmind.keep_exchange(uuid, jsonb) from public;
grant execute on function overmind.keep_exchange(uuid, jsonb) to authenticated, service_role;
