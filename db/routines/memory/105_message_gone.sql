-- For functions that run as the owner: who asks may not see the conversation of every message.
create or replace function overmind.message_gone(p_message public.messages) returns text
    language sql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select case
        when p_message.deleted_at is not null or p_message.moderation_status = 'blocked' or c.deleted_at is not null then 'message'
        when p_message.branch <> c.active_branch and not exists (
            select
            from overmind.branch_segments(c.organization_id, c.id, c.active_branch) as s
            where s.branch = p_message.branch
              and s.after_seq < p_message.seq
              and s.until_seq >= p_message.seq) then 'branch'
    end
    from public.conversations c
    where c.organization_id = p_message.organization_id
      and c.id = p_message.conversation_id
$$;
comment on function overmind.message_gone(public.messages) is
    'Why nothing is learned of a message: message (deleted or blocked, it or its conversation), branch (it stands on one that is not the active one); null: it counts.';
revoke all on function overmind.message_gone(public.messages) from public;
