create or replace trigger touch_updated_at_not_by_using
    before update of access_count, last_accessed_at, tsv, embedding, embedding_next, source_message_id, source_conversation_id, superseded_by on public.memories
    for each row
    when (old.content = new.content
        and old.content_parts = new.content_parts
        and old.category is not distinct from new.category
        and old.tags = new.tags
        and old.metadata = new.metadata
        and old.importance = new.importance
        and old.decay_rate = new.decay_rate
        and old.pinned = new.pinned
        and old.visibility = new.visibility
        and old.expires_at is not distinct from new.expires_at
        and old.valid_from = new.valid_from
        and old.valid_until is not distinct from new.valid_until
        and old.related_memories = new.related_memories
        and old.datastore_id is not distinct from new.datastore_id
        and old.deleted_at is not distinct from new.deleted_at)
    execute function overmind.keep_updated_at();
