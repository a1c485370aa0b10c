-- By its name after memories_before_deriving, which makes content from content_parts.
create or replace trigger memories_before_forgetting_vectors
    before update of content, content_parts on public.memories
    for each row when (old.content is distinct from new.content or old.content_parts is distinct from new.content_parts)
    execute function overmind.forget_vectors();
