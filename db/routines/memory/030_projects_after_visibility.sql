-- Definer, because a project's memories may be several members' rows; it touches those of the project that the caller has just been allowed to update.
create or replace function overmind.projects_after_visibility() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.memories m
    set visibility = new.visibility
    where m.organization_id = new.organization_id
      and m.project_id = new.id;
    return null;
end
$$;
comment on function overmind.projects_after_visibility() is 'Trigger: who sees a project sees what it remembers.';
revoke all on function overmind.projects_after_visibility() from public;

create or replace trigger projects_after_visibility
    after update of visibility on public.projects
    for each row
    when (old.visibility <> new.visibility)
    execute function overmind.projects_after_visibility();
