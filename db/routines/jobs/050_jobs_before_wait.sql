create or replace function overmind.jobs_before_wait() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    new.is_due := false;
    return new;
end
$$;
comment on function overmind.jobs_before_wait() is 'Trigger: a job that waits for its time is not due.';
create or replace trigger jobs_before_wait
    before insert or update of run_at, status on public.jobs
    for each row
    when (new.status = 'pending' and new.is_due and new.run_at > clock_timestamp())
    execute function overmind.jobs_before_wait();
