create or replace function overmind.messages_after_soft_delete() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.conversations c
    set message_count = c.message_count + case when new.deleted_at is null then 1 else -1 end
    where c.organization_id = new.organization_id
      and c.id = new.conversation_id;
    if new.session_id is not null then
        update public.conversation_sessions s
        set message_count = s.message_count + case when new.deleted_at is null then 1 else -1 end
        where s.organization_id = new.organization_id
          and s.id = new.session_id;
    end if;
    return null;
end
$$;
comment on function overmind.messages_after_soft_delete() is 'Trigger: a message that is marked as deleted is not counted; one that comes back is.';

create or replace trigger messages_after_soft_delete
    after update of deleted_at on public.messages
    for each row
    when ((old.deleted_at is null) <> (new.deleted_at is null))
    execute function overmind.messages_after_soft_delete();
