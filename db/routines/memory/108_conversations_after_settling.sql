-- Definer, because what was formed from a conversation may be another member's.
create or replace function overmind.conversations_after_settling() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform overmind.settle_message_memories(new.organization_id, new.id);
    if new.deleted_at is null and exists (
        select from public.memory_formings f where f.organization_id = new.organization_id and f.conversation_id = new.id)
    then
        perform overmind.enqueue_forming(new.organization_id, new.id, clock_timestamp() + interval '5 minutes');
    end if;
    return null;
end
$$;
comment on function overmind.conversations_after_settling() is
    'Trigger: what was formed on a branch that is left is not served until somebody comes back to it; what was formed from a conversation goes with it.';
revoke all on function overmind.conversations_after_settling() from public;

create or replace trigger conversations_after_settling
    after update of active_branch, deleted_at, status on public.conversations
    for each row
    when (old.active_branch <> new.active_branch or (old.deleted_at is null) <> (new.deleted_at is null))
    execute function overmind.conversations_after_settling();
