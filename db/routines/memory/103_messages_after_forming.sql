-- Definer, because the job is nobody's to write. In the transaction of the message, so that none is missed; the job waits until the talk pauses.
create or replace function overmind.messages_after_forming() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform overmind.enqueue_forming(new.organization_id, new.conversation_id, clock_timestamp() + interval '5 minutes');
    return null;
end
$$;
comment on function overmind.messages_after_forming() is 'Trigger: memories are formed from what a member says, five minutes later.';
revoke all on function overmind.messages_after_forming() from public;

create or replace trigger messages_after_forming
    after insert on public.messages
    for each row when (new.role = 'user' and new.moderation_status is distinct from 'blocked')
    execute function overmind.messages_after_forming();
