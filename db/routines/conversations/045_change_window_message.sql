-- Whether a message is in the window is asked behind the conversation's row, by a statement after it: pruning and changing the branch hold that row, too.
create or replace function overmind.change_window_message(p_old public.messages, p_new public.messages) returns void
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    was integer := overmind.tokens_in_window(p_old.window_tokens, p_old.tokens_used, p_old.run_id, p_old.version_number, p_old.content);
    now integer := overmind.tokens_in_window(p_new.window_tokens, p_new.tokens_used, p_new.run_id, p_new.version_number, p_new.content);
    was_given boolean := p_old.deleted_at is null and p_old.moderation_status is distinct from 'blocked';
    is_given  boolean := p_new.deleted_at is null and p_new.moderation_status is distinct from 'blocked';
    chat record;
begin
    perform from public.conversations c
    where c.organization_id = p_new.organization_id
      and c.id = p_new.conversation_id
    for no key update;

    -- A summary that covers what is said otherwise now, or no longer, is given to no model.
    if (p_old.content <> p_new.content or was_given <> is_given)
        and not (p_old.role = 'system' or p_old.pinned)
        and overmind.forget_summaries(p_new.organization_id, p_new.conversation_id, p_new.seq, p_new.seq)
    then
        return;
    end if;

    select coalesce(w.after_seq, 0) as after_seq, coalesce(w.kept_seqs, '{}') as kept_seqs into chat
    from public.conversations c
    cross join lateral overmind.branch_segments(c.organization_id, c.id, c.active_branch) as s
    left join public.context_windows w on w.organization_id = c.organization_id and w.conversation_id = c.id and w.branch = c.active_branch
    where c.organization_id = p_new.organization_id
      and c.id = p_new.conversation_id
      and s.branch = p_new.branch
      and p_new.seq > s.after_seq
      and p_new.seq <= s.until_seq;
    if not found then
        return;
    end if;
    if not was_given or not (p_old.seq > chat.after_seq or p_old.role = 'system' or p_old.pinned or p_old.seq = any (chat.kept_seqs)) then
        was := 0;
    end if;
    if not is_given or not (p_new.seq > chat.after_seq or p_new.role = 'system' or p_new.pinned or p_new.seq = any (chat.kept_seqs)) then
        now := 0;
    end if;
    if now <> was then
        update public.conversations c
        set rolling_tokens = c.rolling_tokens + now - was
        where c.organization_id = p_new.organization_id
          and c.id = p_new.conversation_id;
    end if;
end
$$;
comment on function overmind.change_window_message(public.messages, public.messages) is
    'Takes what a changed message took off the window''s sum and adds what it takes now; takes back windows whose summary covers it.';
revoke all on function overmind.change_window_message(public.messages, public.messages) from public;
grant execute on function overmind.change_window_message(public.messages, public.messages) to authenticated, service_role;
