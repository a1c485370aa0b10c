-- A message that is appended is added by the statement that numbers it (messages_before_insert), which holds the conversation's row already: a second change of
-- that row would cost each message as much again. It leaves word here, in app.full_window, only where the window is over its margin.
create or replace function public.update_conversation_tokens() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    changed record;
begin
    if tg_table_name = 'conversations' then
        new.rolling_tokens := overmind.count_window(new.organization_id, new.id, new.active_branch);
        return new;
    elsif tg_table_name = 'context_windows' then
        -- Of a conversation that goes, with its windows, there is nothing to sum up.
        changed := case when tg_op = 'DELETE' then old else new end;
        perform overmind.recount_window(changed.organization_id, changed.conversation_id);
        if tg_op <> 'DELETE' then
            update public.conversations c
            set last_pruned_at = new.pruned_at
            where c.organization_id = new.organization_id
              and c.id = new.conversation_id
              and c.active_branch = new.branch;
        end if;
    elsif tg_op = 'INSERT' then
        perform set_config('app.full_window', '', true);
        if exists (
            select from public.conversations c
            where c.organization_id = new.organization_id
              and c.id = new.conversation_id
              and c.auto_prune
              and c.rolling_tokens > c.prune_margin_ratio * overmind.context_size(c.id))
        then
            perform public.prune_conversation(new.conversation_id);
        end if;
    elsif tg_op = 'UPDATE' then
        perform overmind.change_window_message(old, new);
        if old.pinned <> new.pinned then
            perform overmind.pin_tool_results(new);
        end if;
    else
        for changed in
            select organization_id, conversation_id, min(seq) as first, max(seq) as last
            from gone
            where deleted_at is null
            group by organization_id, conversation_id
            order by organization_id, conversation_id
        loop
            perform overmind.forget_summaries(changed.organization_id, changed.conversation_id, changed.first, changed.last);
            perform overmind.recount_window(changed.organization_id, changed.conversation_id);
        end loop;
    end if;
    return null;
end
$$;
comment on function public.update_conversation_tokens() is
    'Trigger: keeps rolling_tokens of a conversation when a message is edited, deleted, restored, blocked or pinned, when the window or the active branch changes, and prunes a window that has become too full.';

create or replace trigger message_tokens_update
    after insert on public.messages
    for each row
    when (current_setting('app.full_window', true) = new.conversation_id::text)
    execute function public.update_conversation_tokens();
create or replace trigger message_tokens_change
    after update of content, content_parts, metadata, tokens_used, window_tokens, run_id, pinned, deleted_at, moderation_status on public.messages
    for each row
    when (old.content is distinct from new.content
        or old.version_number <> new.version_number
        or old.tokens_used is distinct from new.tokens_used
        or old.window_tokens is distinct from new.window_tokens
        or old.run_id is distinct from new.run_id
        or old.pinned <> new.pinned
        or (old.deleted_at is null) <> (new.deleted_at is null)
        or old.moderation_status is distinct from new.moderation_status)
    execute function public.update_conversation_tokens();
create or replace trigger message_tokens_delete
    after delete on public.messages
    referencing old table as gone
    for each statement execute function public.update_conversation_tokens();
create or replace trigger conversation_tokens_update
    before update of active_branch on public.conversations
    for each row
    when (old.active_branch <> new.active_branch)
    execute function public.update_conversation_tokens();
create or replace trigger window_tokens_update
    after insert or update of after_seq, kept_seqs, summary_tokens on public.context_windows
    for each row execute function public.update_conversation_tokens();
create or replace trigger window_tokens_delete
    after delete on public.context_windows
    for each row execute function public.update_conversation_tokens();
