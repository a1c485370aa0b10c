-- Who writes for an agent without another word writes into the part of its memory that is theirs alone.
create or replace function overmind.agent_memories_write() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if tg_op = 'DELETE' then
        update public.memories m
        set deleted_at = clock_timestamp()
        where m.organization_id = old.organization_id
          and m.id = old.id;
        return old;
    end if;
    if tg_op = 'INSERT' then
        insert into public.memories (
            organization_id, id, owner_type, agent_id, memory_type, content_parts, embedding, embedding_model_name, importance, decay_rate, access_count,
            related_memories, source, source_message_id, last_accessed_at, created_at, expires_at)
        values (
            coalesce(new.organization_id, overmind.org_id()), coalesce(new.id, overmind.uuid_v7()), 'agent', new.agent_id, new.memory_type, new.content, new.embeddings,
            case when new.embeddings is not null then 'unknown' end, coalesce(new.importance, 0.5), coalesce(new.decay_rate, 0.1), coalesce(new.access_count, 0),
            coalesce(new.related_memories, '{}'), case when new.source_message_id is null then 'agent' end, new.source_message_id,
            coalesce(new.last_accessed, clock_timestamp()), coalesce(new.created_at, clock_timestamp()), new.expires_at)
        returning id, organization_id, importance, decay_rate, access_count, last_accessed_at, created_at
        into new.id, new.organization_id, new.importance, new.decay_rate, new.access_count, new.last_accessed, new.created_at;
    else
        update public.memories m
        set content_parts = new.content,
            embedding = new.embeddings,
            embedding_model_name = case
                when new.embeddings is null then null
                when new.embeddings is distinct from old.embeddings then 'unknown'
                else m.embedding_model_name
            end,
            importance = new.importance,
            decay_rate = new.decay_rate,
            access_count = new.access_count,
            related_memories = new.related_memories,
            last_accessed_at = new.last_accessed,
            expires_at = new.expires_at
        where m.organization_id = old.organization_id
          and m.id = old.id;
    end if;
    return new;
end
$$;
comment on function overmind.agent_memories_write() is 'Trigger: writes memories through the view.';

create or replace trigger agent_memories_write
    instead of insert or update or delete on public.agent_memories
    for each row execute function overmind.agent_memories_write();
