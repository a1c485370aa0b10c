-- Definer, because the job is nobody's to change.
create or replace function overmind.conversation_sessions_after_forming() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform overmind.enqueue_forming(new.organization_id, new.conversation_id, clock_timestamp());
    return null;
end
$$;
comment on function overmind.conversation_sessions_after_forming() is 'Trigger: when a session ends, memories are formed at once.';
revoke all on function overmind.conversation_sessions_after_forming() from public;

create or replace trigger conversation_sessions_after_forming
    after update of status on public.conversation_sessions
    for each row
    when (old.status = 'active' and new.status in ('completed', 'abandoned') and new.message_count > 0)
    execute function overmind.conversation_sessions_after_forming();
