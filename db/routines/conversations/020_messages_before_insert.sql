-- One statement numbers the message, counts it and tells whose it is. The conversation's row is the lock that keeps numbers without gaps.
create or replace function overmind.messages_before_insert() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.conversations c
    set last_seq = c.last_seq + 1,
        message_count = c.message_count + case when new.deleted_at is null then 1 else 0 end,
        last_activity_at = clock_timestamp(),
        title = case
            when c.title = 'New Conversation' and new.role = 'user' then coalesce(overmind.title_of(new.content), c.title)
            else c.title
        end
    where c.organization_id = new.organization_id
      and c.id = new.conversation_id
      and c.deleted_at is null
    returning c.last_seq, c.user_id, c.visibility into new.seq, new.user_id, new.visibility;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no conversation %s', new.conversation_id),
            table = 'messages',
            constraint = 'messages_conversation_fkey';
    end if;

    -- A reference into another conversation would let its author keep that conversation from being deleted.
    if new.parent_message_id is not null and not exists (
        select from public.messages m
        where m.organization_id = new.organization_id
          and m.id = new.parent_message_id
          and m.conversation_id = new.conversation_id)
    then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no message %s in this conversation', new.parent_message_id),
            table = 'messages',
            constraint = 'messages_parent_fkey';
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
    'Trigger: numbers a message, copies owner and visibility of its conversation, counts it there and makes the title from the first question.';

create or replace trigger messages_before_insert
    before insert on public.messages
    for each row execute function overmind.messages_before_insert();
