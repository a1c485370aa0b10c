-- Once a statement, in a loop: a conversation that goes with its messages costs one look, and Citus takes transition tables only so.
create or replace function overmind.messages_after_delete() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    counted record;
begin
    for counted in
        select organization_id, conversation_id, count(*) as messages
        from gone
        where deleted_at is null
        group by organization_id, conversation_id
        order by organization_id, conversation_id
    loop
        update public.conversations c
        set message_count = c.message_count - counted.messages
        where c.organization_id = counted.organization_id
          and c.id = counted.conversation_id;
    end loop;
    for counted in
        select organization_id, session_id, count(*) as messages
        from gone
        where deleted_at is null and session_id is not null
        group by organization_id, session_id
        order by organization_id, session_id
    loop
        update public.conversation_sessions s
        set message_count = s.message_count - counted.messages
        where s.organization_id = counted.organization_id
          and s.id = counted.session_id;
    end loop;
    return null;
end
$$;
comment on function overmind.messages_after_delete() is 'Trigger: takes deleted messages off the counts of their conversation and session.';

create or replace trigger messages_after_delete
    after delete on public.messages
    referencing old table as gone
    for each statement execute function overmind.messages_after_delete();
