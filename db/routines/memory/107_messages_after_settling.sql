-- Definer, because what was formed from a message may be another member's.
create or replace function overmind.messages_after_settling() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_memory record;
begin
    if new.content <> old.content then
        -- What it said before is taken back, and what that took the place of holds again; what it says now is read. The words stand in its versions.
        for v_memory in
            update public.memories k
            set deleted_at = clock_timestamp(),
                withdrawn = 'message'
            where k.organization_id = new.organization_id
              and k.source_message_id = new.id
              and k.source = 'message'
              and k.confirmed_at is null
              and k.version_number = 1
              and k.deleted_at is null
            returning k.id, k.owner_id, k.user_id, k.visibility, k.fact_key
        loop
            if v_memory.fact_key is not null then
                perform overmind.order_facts(
                    new.organization_id, v_memory.owner_id, case v_memory.visibility when 'private' then v_memory.user_id end, v_memory.fact_key);
            end if;
            delete from public.memories k
            where k.organization_id = new.organization_id
              and k.id = v_memory.id;
        end loop;
    end if;
    perform overmind.settle_message_memories(new.organization_id, new.conversation_id);
    if new.role = 'user' and new.deleted_at is null and new.moderation_status is distinct from 'blocked' then
        update public.memory_formings f
        set until_seq = new.seq - 1
        where f.organization_id = new.organization_id
          and f.conversation_id = new.conversation_id
          and f.branch = new.branch
          and f.until_seq >= new.seq;
        if found or old.moderation_status = 'pending' then
            perform overmind.enqueue_forming(new.organization_id, new.conversation_id, clock_timestamp() + interval '5 minutes');
        end if;
    end if;
    return null;
end
$$;
comment on function overmind.messages_after_settling() is
    'Trigger: what was formed from a message goes with it and comes back with it; one that says something else is read again.';
revoke all on function overmind.messages_after_settling() from public;

create or replace trigger messages_after_settling
    after update of deleted_at, moderation_status, content on public.messages
    for each row
    when (new.role = 'user' and (
        (old.deleted_at is null) <> (new.deleted_at is null)
        or old.moderation_status is distinct from new.moderation_status and (old.moderation_status in ('blocked', 'pending') or new.moderation_status = 'blocked')
        or old.content <> new.content))
    execute function overmind.messages_after_settling();
