-- One statement numbers the message, counts it and tells whose it is and where it goes on. The conversation's row is the lock that keeps numbers without gaps.
create or replace function overmind.messages_before_insert() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    active integer;
    full_window boolean;
    parent record;
begin
    update public.conversations c
    set last_seq = c.last_seq + 1,
        message_count = c.message_count + case when new.deleted_at is null then 1 else 0 end,
        rolling_tokens = c.rolling_tokens + case
            when new.deleted_at is null and new.moderation_status is distinct from 'blocked' and coalesce(new.branch, c.active_branch) = c.active_branch then
                overmind.tokens_in_window(new.window_tokens, new.tokens_used, new.run_id, 1, new.content)
            else 0
        end,
        last_activity_at = clock_timestamp(),
        status = case when c.status = 'archived' then 'active' else c.status end,
        title = case
            when c.title = 'New Conversation' and new.role = 'user' then coalesce(overmind.title_of(new.content), c.title)
            else c.title
        end
    where c.organization_id = new.organization_id
      and c.id = new.conversation_id
      and c.deleted_at is null
    returning
        c.last_seq, c.user_id, c.visibility, c.active_branch,
        c.auto_prune and (c.max_context_tokens is null or c.rolling_tokens > c.prune_margin_ratio * c.max_context_tokens)
    into new.seq, new.user_id, new.visibility, active, full_window;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no conversation %s', new.conversation_id),
            table = 'messages',
            constraint = 'messages_conversation_fkey';
    end if;

    -- For message_tokens_update, which so costs nothing while there is room.
    if full_window then
        perform set_config('app.full_window', new.conversation_id::text, true);
    end if;

    if new.branch is null then
        new.branch := active;
    elsif new.branch not in (0, active) and not exists (
        select from public.conversation_branches b
        where b.organization_id = new.organization_id
          and b.conversation_id = new.conversation_id
          and b.number = new.branch)
    then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('The conversation has no branch %s', new.branch),
            table = 'messages',
            constraint = 'messages_branch_fkey';
    end if;

    if new.parent_message_id is null then
        select m.id into new.parent_message_id
        from public.messages m
        where m.organization_id = new.organization_id
          and m.conversation_id = new.conversation_id
          and m.branch = new.branch
          and m.deleted_at is null
        order by m.seq desc
        limit 1;
        if not found and new.branch > 0 then
            select l.id into new.parent_message_id
            from overmind.last_of_branch(new.organization_id, new.conversation_id, new.branch) as l;
        end if;
    else
        -- A reference into another conversation would let its author keep that conversation from being deleted; one to another branch would be read by nobody.
        select m.branch, m.seq into parent
        from public.messages m
        where m.organization_id = new.organization_id
          and m.id = new.parent_message_id
          and m.conversation_id = new.conversation_id;
        if not found
            or parent.branch <> new.branch and not exists (
                select from overmind.branch_segments(new.organization_id, new.conversation_id, new.branch) as s
                where s.branch = parent.branch
                  and s.until_seq >= parent.seq)
        then
            raise exception using
                errcode = 'foreign_key_violation',
                message = format('There is no message %s in this conversation and branch', new.parent_message_id),
                table = 'messages',
                constraint = 'messages_parent_fkey';
        end if;
    end if;

    if new.session_id is not null then
        update public.conversation_sessions s
        set message_count = s.message_count + case when new.deleted_at is null then 1 else 0 end,
            total_tokens_used = s.total_tokens_used + coalesce(new.tokens_used, 0),
            tool_calls_count = s.tool_calls_count + case jsonb_typeof(new.tools) when 'array' then jsonb_array_length(new.tools) else 0 end,
            last_active = clock_timestamp()
        where s.organization_id = new.organization_id
          and s.id = new.session_id
          and s.conversation_id = new.conversation_id
          and s.status = 'active';
        if not found then
            raise exception using
                errcode = 'foreign_key_violation',
                message = format('There is no active session %s in this conversation', new.session_id),
                table = 'messages',
                constraint = 'messages_session_fkey';
        end if;
    end if;

    if new.role = 'user' then
        new.sender_user_id := coalesce(new.sender_user_id, overmind.user_id());
    end if;
    if new.sender_user_id <> overmind.user_id() and overmind.org_role() is distinct from 'admin' then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'A message is sent in one''s own name';
    end if;
    return new;
end
$$;
comment on function overmind.messages_before_insert() is
    'Trigger: numbers a message, copies owner and visibility of its conversation, puts it at the end of a branch, counts it there and in its session, makes the title from the first question and takes an archived conversation up again.';

create or replace trigger messages_before_insert
    before insert on public.messages
    for each row execute function overmind.messages_before_insert();
