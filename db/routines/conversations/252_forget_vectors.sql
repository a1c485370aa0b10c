-- For all tables whose texts have vectors; when it runs the triggers say.
create or replace function overmind.forget_vectors() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if new.embedding is not distinct from old.embedding then
        new.embedding := null;
        new.embedding_model_provider := null;
        new.embedding_model_name := null;
        new.embedding_dimensions := null;
    end if;
    new.embedding_next := null;
    new.embedding_next_model := null;
    return new;
end
$$;
comment on function overmind.forget_vectors() is 'Trigger: a text that is changed has no vector until it has its own.';

create or replace trigger messages_before_forgetting_vectors
    before update of content on public.messages
    for each row when (old.content is distinct from new.content)
    execute function overmind.forget_vectors();

create or replace trigger conversations_before_forgetting_vectors
    before update of title on public.conversations
    for each row when (old.title is distinct from new.title)
    execute function overmind.forget_vectors();

create or replace trigger touch_updated_at_not_by_embedding
    before update of embedding, embedding_next on public.messages
    for each row when (old.content = new.content and old.metadata = new.metadata and old.content_parts is not distinct from new.content_parts)
    execute function overmind.keep_updated_at();

create or replace trigger touch_updated_at_not_by_embedding
    before update of embedding, embedding_next on public.conversations
    for each row when (old.title = new.title and old.metadata = new.metadata)
    execute function overmind.keep_updated_at();
