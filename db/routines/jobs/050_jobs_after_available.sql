create or replace function overmind.jobs_after_available() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_notify('job_available', new.kind);
    return null;
end
$$;
comment on function overmind.jobs_after_available() is 'Trigger: wakes the workers when a job is due.';
