-- Once a statement, not once a row: notifications cost the enqueuer, and commits that notify wait for each other.
-- Jobs that are due in a moment are told of, too, so that an idle worker knows when to look; later ones are found in time anyway.
create or replace function overmind.jobs_after_insert() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    kind text;
begin
    for kind in
        select distinct i.kind
        from inserted i
        where i.status = 'pending' and i.run_at <= clock_timestamp() + interval '5 seconds'
    loop
        perform pg_notify('job_available', kind);
    end loop;
    return null;
end
$$;
comment on function overmind.jobs_after_insert() is 'Trigger: wakes the workers when jobs are due.';
create or replace trigger jobs_after_insert
    after insert on public.jobs
    referencing new table as inserted
    for each statement
    execute function overmind.jobs_after_insert();
