create or replace trigger jobs_after_release
    after update of status on public.jobs
    for each row
    when (old.status <> 'pending' and new.status = 'pending' and new.run_at <= clock_timestamp())
    execute function overmind.jobs_after_available();
