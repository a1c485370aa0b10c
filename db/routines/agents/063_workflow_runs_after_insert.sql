-- Definer: whoever may run a workflow freezes its version, but only its maker may change it. Touches the run's workflow only,
-- and that once in its life.
create or replace function overmind.workflow_runs_after_insert() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.workflows w
    set frozen_at = clock_timestamp()
    where w.organization_id = new.organization_id
      and w.id = new.workflow_id
      and w.frozen_at is null;
    return null;
end
$$;
comment on function overmind.workflow_runs_after_insert() is 'Trigger: a version that a run has used is not a draft any more.';
revoke all on function overmind.workflow_runs_after_insert() from public;

create or replace trigger workflow_runs_after_insert
    after insert on public.workflow_runs
    for each row
    when (new.workflow_id is not null)
    execute function overmind.workflow_runs_after_insert();
