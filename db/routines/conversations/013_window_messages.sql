-- Three pieces, each by an index: what came after the boundary, what always stays, what was kept. What left is not read.
-- Before a message that stands before the boundary, the window is as of a branch that is made there: all of it.
create or replace function overmind.window_messages(
    p_organization_id uuid,
    p_conversation_id uuid,
    p_branch          integer,
    p_until_seq       bigint default 9223372036854775807) returns table (id uuid, seq bigint, role text, pinned boolean, tokens integer, is_estimated boolean)
    language sql stable
as $$
    select m.id, m.seq, m.role, m.pinned, overmind.tokens_in_window(m.window_tokens, m.tokens_used, m.run_id, m.version_number, m.content), m.window_tokens is null
    from (
        select coalesce(max(x.after_seq), 0) as after_seq, coalesce(max(x.kept_seqs), '{}') as kept_seqs
        from public.context_windows x
        where x.organization_id = p_organization_id
          and x.conversation_id = p_conversation_id
          and x.branch = p_branch
          and x.after_seq <= p_until_seq) as w
    cross join lateral overmind.branch_segments(p_organization_id, p_conversation_id, p_branch, p_until_seq) as s
    cross join lateral (
        select m.*
        from public.messages m
        where m.organization_id = p_organization_id
          and m.conversation_id = p_conversation_id
          and m.branch = s.branch
          and m.seq > greatest(s.after_seq, w.after_seq)
          and m.seq <= s.until_seq
          and m.deleted_at is null
          and m.moderation_status is distinct from 'blocked'
        union all
        select m.*
        from public.messages m
        where m.organization_id = p_organization_id
          and m.conversation_id = p_conversation_id
          and m.branch = s.branch
          and m.seq > s.after_seq
          and m.seq <= least(s.until_seq, w.after_seq)
          and (m.role = 'system' or m.pinned)
          and m.deleted_at is null
          and m.moderation_status is distinct from 'blocked'
        union all
        select m.*
        from unnest(w.kept_seqs) as kept (seq)
        join public.messages m
            on m.organization_id = p_organization_id
            and m.conversation_id = p_conversation_id
            and m.seq = kept.seq
        where m.branch = s.branch
          and m.seq > s.after_seq
          and m.seq <= least(s.until_seq, w.after_seq)
          and not (m.role = 'system' or m.pinned)
          and m.deleted_at is null
          and m.moderation_status is distinct from 'blocked') as m
$$;
comment on function overmind.window_messages(uuid, uuid, integer, bigint) is
    'The messages in a branch''s window up to p_until_seq, in no order, with the tokens they take. What is deleted, and what moderation blocked, is in none.';
revoke all on function overmind.window_messages(uuid, uuid, integer, bigint) from public;
grant execute on function overmind.window_messages(uuid, uuid, integer, bigint) to anon, authenticated, service_role;
