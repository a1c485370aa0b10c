-- A deleted one can be brought back until it is purged, as everywhere.
create or replace function overmind.episodic_memories_write() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_model text;
begin
    if tg_op = 'DELETE' then
        update public.memories m
        set deleted_at = clock_timestamp()
        where m.organization_id = old.organization_id
          and m.id = old.id;
        return old;
    end if;

    if new.recency_score not between 0 and 1 then
        raise exception using errcode = 'check_violation', message = format('recency_score is 0 to 1, not %s', new.recency_score);
    end if;
    if tg_op = 'INSERT' then
        insert into public.memories (
            organization_id, id, user_id, memory_type, content, embedding, embedding_model_name, embedding_model_provider, importance,
            source_conversation_id, source_message_id, metadata, created_at)
        values (
            coalesce(new.organization_id, overmind.org_id()), coalesce(new.id, overmind.uuid_v7()), coalesce(new.user_id, overmind.user_id()), 'episodic', new.content,
            new.embedding, coalesce(new.embedding_model_name, new.embedding_model), new.embedding_model_provider, coalesce(new.importance_score, 0.5),
            new.conversation_id, new.message_id, coalesce(new.metadata, '{}'), coalesce(new.created_at, clock_timestamp()))
        returning id, organization_id, user_id, embedding_dimensions, created_at, updated_at
        into new.id, new.organization_id, new.user_id, new.embedding_dimensions, new.created_at, new.updated_at;
    else
        v_model := case when new.embedding_model is distinct from old.embedding_model then new.embedding_model else new.embedding_model_name end;
        update public.memories m
        set content = new.content,
            embedding = new.embedding,
            embedding_model_name = v_model,
            embedding_model_provider = new.embedding_model_provider,
            importance = new.importance_score,
            metadata = new.metadata
        where m.organization_id = old.organization_id
          and m.id = old.id;
    end if;

    if new.recency_score is not null and (tg_op = 'INSERT' or new.recency_score is distinct from old.recency_score) then
        update public.memories m
        set last_accessed_at = statement_timestamp() - interval '1 day' * (
            p.half_life_days * 0.1 / greatest(m.decay_rate, 0.001) * log(2, (1 / greatest(new.recency_score, 0.001))::numeric)::double precision)
        from public.organizations o
        cross join lateral overmind.memory_policy(o.settings) as p
        where o.id = new.organization_id
          and m.organization_id = new.organization_id
          and m.id = new.id;
    end if;
    return new;
end
$$;
comment on function overmind.episodic_memories_write() is 'Trigger: writes memories through the view.';

create or replace trigger episodic_memories_write
    instead of insert or update or delete on public.episodic_memories
    for each row execute function overmind.episodic_memories_write();
