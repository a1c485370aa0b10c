-- Definer, because nobody writes versions by hand; it keeps what the caller was allowed to change. The row is locked, so its number is its own.
create or replace function overmind.memories_before_version() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into public.memory_versions (
        organization_id, memory_id, version_number, user_id, visibility, content, content_parts, category, tags, metadata, changed_by, change_reason, created_at)
    values (
        old.organization_id, old.id, old.version_number, old.user_id, old.visibility, old.content, old.content_parts, old.category, old.tags, old.metadata,
        coalesce(old.changed_by, case when old.version_number = 1 then old.created_by end), old.change_reason,
        coalesce(old.changed_at, old.created_at));
    new.version_number := old.version_number + 1;
    new.changed_by := overmind.user_id();
    new.changed_at := clock_timestamp();
    new.change_reason := left(nullif(current_setting('app.change_reason', true), ''), 500);
    return new;
end
$$;
comment on function overmind.memories_before_version() is
    'Trigger: keeps what a memory said before, with who wrote it, when and why (app.change_reason of the transaction).';
revoke all on function overmind.memories_before_version() from public;

create or replace trigger memories_before_version
    before update of content, content_parts, category, tags, metadata on public.memories
    for each row
    when (old.content is distinct from new.content
        or old.content_parts is distinct from new.content_parts
        or old.category is distinct from new.category
        or old.tags is distinct from new.tags
        or old.metadata is distinct from new.metadata)
    execute function overmind.memories_before_version();
