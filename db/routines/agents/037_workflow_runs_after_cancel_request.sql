create or replace function overmind.workflow_runs_after_cancel_request() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_notify('run_cancel', new.id::text);
    return null;
end
$$;
comment on function overmind.workflow_runs_after_cancel_request() is 'Trigger: wakes the worker of a run that somebody wants to end.';

create or replace trigger workflow_runs_after_cancel_request
    after update of cancel_requested_at on public.workflow_runs
    for each row
    when (old.cancel_requested_at is null and new.cancel_requested_at is not null)
    execute function overmind.workflow_runs_after_cancel_request();
