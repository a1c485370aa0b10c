-- A branch as pieces of messages_branch_idx, the newest first. Inlined into the statement that asks, so that the planner reads each piece by the index: so it
-- fixes no search path, which would prevent that, and qualifies all names instead. (A body of the standard with a semicolon in it is cut in two by the driver.)
-- Where a page is read downwards, pieces end as soon as they hold enough: what is further back is not looked at, however often the conversation was forked.
create or replace function overmind.branch_segments(
    p_organization_id uuid,
    p_conversation_id uuid,
    p_branch          integer,
    p_until_seq       bigint  default 9223372036854775807,
    p_after_seq       bigint  default 0,
    p_enough          integer default null) returns table (branch integer, after_seq bigint, until_seq bigint)
    language sql stable
as $$
    with recursive path (branch, parent_number, after_seq, until_seq, messages) as (
        select t.number, b.parent_number, coalesce(b.forked_after_seq, 0), p_until_seq, 0::bigint
        from (select p_branch as number) as t
        left join public.conversation_branches b
            on b.organization_id = p_organization_id and b.conversation_id = p_conversation_id and b.number = t.number
        where t.number = 0 or b.number is not null
        union all
        select p.parent_number, b.parent_number, coalesce(b.forked_after_seq, 0), least(p.after_seq, p.until_seq), held.messages
        from path p
        cross join lateral (
            select p.messages + case when p_enough is null then 0 else (
                select count(*)
                from (
                    select
                    from public.messages m
                    where m.organization_id = p_organization_id
                      and m.conversation_id = p_conversation_id
                      and m.branch = p.branch
                      and m.seq > p.after_seq
                      and m.seq <= p.until_seq
                      and m.deleted_at is null
                    limit p_enough) as here) end) as held (messages)
        left join public.conversation_branches b
            on b.organization_id = p_organization_id and b.conversation_id = p_conversation_id and b.number = p.parent_number
        where p.parent_number is not null
          and p.after_seq > p_after_seq
          and (p_enough is null or held.messages < p_enough)
    )
    select p.branch, p.after_seq, p.until_seq
    from path p
$$;
comment on function overmind.branch_segments(uuid, uuid, integer, bigint, bigint, integer) is
    'What a branch consists of: messages of branch with seq above after_seq and up to until_seq, the newest piece first. Up to p_until_seq; back to p_after_seq, or until p_enough messages are held.';
revoke all on function overmind.branch_segments(uuid, uuid, integer, bigint, bigint, integer) from public;
grant execute on function overmind.branch_segments(uuid, uuid, integer, bigint, bigint, integer) to anon, authenticated, service_role;
