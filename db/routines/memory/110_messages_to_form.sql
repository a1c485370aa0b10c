-- Definer, because each member's preferences are their own to read. Of the caller's organization; for the job that forms memories.
create or replace function overmind.messages_to_form(p_conversation_id uuid, p_limit integer default 200) returns table (
    id uuid, branch integer, seq bigint, was_seq bigint, user_id uuid, content text, created_at timestamptz, is_pending boolean, is_left_out boolean, session_ended boolean)
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select
        m.id, m.branch, m.seq, coalesce(f.until_seq, 0), coalesce(m.sender_user_id, m.user_id), m.content, m.created_at,
        coalesce(m.moderation_status = 'pending', false),
        coalesce(m.moderation_status = 'blocked', false) or coalesce(u.preferences -> 'memory_forming' = 'false', false),
        coalesce(e.status <> 'active', false)
    from public.conversations c
    cross join lateral overmind.branch_segments(c.organization_id, c.id, c.active_branch) as s
    left join public.memory_formings f on (f.organization_id, f.conversation_id, f.branch) = (c.organization_id, c.id, s.branch)
    join public.messages m
        on m.organization_id = c.organization_id and m.conversation_id = c.id and m.branch = s.branch
        and m.seq > greatest(s.after_seq, coalesce(f.until_seq, 0)) and m.seq <= s.until_seq
    left join public.users u on u.id = coalesce(m.sender_user_id, m.user_id)
    left join public.conversation_sessions e on e.organization_id = m.organization_id and e.id = m.session_id
    where c.organization_id = overmind.org_id()
      and c.id = p_conversation_id
      and c.deleted_at is null
      and m.role = 'user'
      and m.deleted_at is null
    order by m.seq
    limit p_limit
$$;
comment on function overmind.messages_to_form(uuid, integer) is
    'What members said on the active branch of a conversation since memories were last formed from it, the oldest first: was_seq is where its branch stands, is_left_out that nothing is formed from it (blocked, or its author wants none).';
revoke all on function overmind.messages_to_form(uuid, integer) from public;
grant execute on function overmind.messages_to_form(uuid, integer) to service_role;
