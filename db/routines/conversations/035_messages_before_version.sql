-- Definer, because nobody writes versions by hand; it keeps what the caller was allowed to change. The row is locked, so its number is its own.
create or replace function overmind.messages_before_version() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into public.message_versions (
        organization_id, message_id, version_number, user_id, visibility, content, content_parts, metadata, changed_by, change_reason, created_at)
    values (
        old.organization_id, old.id, old.version_number, old.user_id, old.visibility, old.content, old.content_parts, old.metadata,
        case when old.version_number = 1 then coalesce(old.changed_by, old.sender_user_id) else old.changed_by end, old.change_reason,
        case when old.version_number = 1 then old.created_at else coalesce(old.edited_at, old.created_at) end);
    new.version_number := old.version_number + 1;
    new.edited := true;
    new.edited_at := clock_timestamp();
    new.changed_by := overmind.user_id();
    new.change_reason := left(nullif(current_setting('app.change_reason', true), ''), 500);
    -- A vector is of the text that it was made from.
    if new.content <> old.content then
        new.embedding := null;
        new.embedding_model_provider := null;
        new.embedding_model_name := null;
        new.embedding_dimensions := null;
    end if;
    return new;
end
$$;
comment on function overmind.messages_before_version() is
    'Trigger: keeps what a message said before, with who wrote it, when and why (app.change_reason of the transaction).';
revoke all on function overmind.messages_before_version() from public;

create or replace trigger messages_before_version
    before update of content, content_parts, metadata on public.messages
    for each row
    when (old.content is distinct from new.content
        or old.content_parts is distinct from new.content_parts
        or old.metadata is distinct from new.metadata)
    execute function overmind.messages_before_version();
