-- By its name before memories_before_version, which looks at what is derived here.
-- What comes as words gets its shape, and the other way round; what comes as both stays as it is. A shape that does not fit is left for the check to name.
create or replace function overmind.memories_before_deriving() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        if new.content_parts is null then
            new.content_parts := overmind.memory_shape(new.memory_type, new.content, null, coalesce(new.valid_from, clock_timestamp()));
        elsif new.content is null then
            new.content := coalesce(overmind.memory_words(new.memory_type, new.content_parts), new.content_parts::text);
        end if;
    elsif new.content is distinct from old.content and new.content_parts is not distinct from old.content_parts then
        new.content_parts := overmind.memory_shape(new.memory_type, new.content, old.content_parts, clock_timestamp());
    elsif new.content_parts is distinct from old.content_parts and new.content is not distinct from old.content then
        new.content := coalesce(overmind.memory_words(new.memory_type, new.content_parts), new.content_parts::text);
    end if;

    if tg_op = 'INSERT' or new.content is distinct from old.content then
        new.content_hash := overmind.memory_hash(new.content);
        new.tsv := overmind.search_document(
            (select overmind.search_language(o.settings) from public.organizations o where o.id = new.organization_id), new.content);
        -- A vector is of the text that it was made from.
        if tg_op = 'UPDATE' and new.embedding is not distinct from old.embedding then
            new.embedding := null;
        end if;
    end if;

    if tg_op = 'INSERT' or new.embedding is distinct from old.embedding then
        new.embedding_dimensions := vector_dims(new.embedding);
        new.embedded_at := case when new.embedding is not null then clock_timestamp() end;
        if new.embedding is null then
            new.embedding_model_provider := null;
            new.embedding_model_name := null;
        end if;
    end if;
    return new;
end
$$;
comment on function overmind.memories_before_deriving() is
    'Trigger: makes the words of a memory from its shape or the shape from its words, and keeps what follows from them: hash, words for the search, description of the vector.';

create or replace trigger memories_before_deriving
    before insert or update of content, content_parts, embedding on public.memories
    for each row execute function overmind.memories_before_deriving();
