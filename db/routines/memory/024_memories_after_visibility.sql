-- Definer, because owner and visibility of versions are nobody's to change; it touches those of the memory that the caller has just been allowed to update.
create or replace function overmind.memories_after_visibility() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.memory_versions v
    set visibility = new.visibility
    where v.organization_id = new.organization_id
      and v.memory_id = new.id;
    return null;
end
$$;
comment on function overmind.memories_after_visibility() is 'Trigger: who sees a memory sees what it said before.';
revoke all on function overmind.memories_after_visibility() from public;

create or replace trigger memories_after_visibility
    after update of visibility on public.memories
    for each row
    when (old.visibility <> new.visibility and new.version_number > 1)
    execute function overmind.memories_after_visibility();
