-- Definer, because who schedules for a project need not own it. It touches the one column that is a copy, in the schedule's own organization.
create or replace function overmind.schedules_after_change() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.projects p
    set next_scheduled_at = (
        select min(s.next_run_at)
        from public.schedules s
        where s.organization_id = p.organization_id
          and s.project_id = p.id
          and not s.is_paused)
    where p.organization_id = coalesce(new.organization_id, old.organization_id)
      and p.id in (old.project_id, new.project_id);
    return null;
end
$$;
comment on function overmind.schedules_after_change() is 'Trigger: a project shows when the first of its schedules is due, also one that a schedule was taken from.';
revoke all on function overmind.schedules_after_change() from public;

create or replace trigger schedules_after_change
    after insert or update of next_run_at, is_paused, project_id or delete on public.schedules
    for each row
    execute function overmind.schedules_after_change();
