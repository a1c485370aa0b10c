-- Definer, because the summary is written by a job; it touches what was summed up together with the memory that the caller has just been allowed to delete.
create or replace function overmind.memories_after_source_gone() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.memory_consolidations c
    set undone_at = clock_timestamp()
    from public.memories s
    where s.organization_id = new.organization_id
      and s.id = new.superseded_by
      and s.source = 'consolidation'
      and s.deleted_at is null
      and c.organization_id = new.organization_id
      and c.consolidated_memory_id = s.id
      and c.undone_at is null;
    if not found then
        return null;
    end if;
    update public.memories s
    set deleted_at = clock_timestamp(),
        withdrawn = 'message'
    where s.organization_id = new.organization_id
      and s.id = new.superseded_by;
    update public.memories m
    set valid_until = null,
        superseded_by = null
    where m.organization_id = new.organization_id
      and m.superseded_by = new.superseded_by
      and m.deleted_at is null
      and not exists (
          select
          from public.memories same
          where same.organization_id = m.organization_id
            and same.content_hash = m.content_hash
            and same.owner_id = m.owner_id
            and same.memory_type = m.memory_type
            and same.user_id = m.user_id
            and same.id <> m.id
            and same.deleted_at is null
            and same.valid_until is null);
    return null;
end
$$;
comment on function overmind.memories_after_source_gone() is
    'Trigger: a summary goes with any of the memories that it sums up, and the others hold again; the next night sums them up anew.';
revoke all on function overmind.memories_after_source_gone() from public;

create or replace trigger memories_after_source_gone
    after update of deleted_at on public.memories
    for each row
    when (old.deleted_at is null and new.deleted_at is not null and new.superseded_by is not null)
    execute function overmind.memories_after_source_gone();
