create or replace trigger jobs_after_insert
    after insert on public.jobs
    for each row
    when (new.status = 'pending' and new.run_at <= clock_timestamp())
    execute function overmind.jobs_after_available();
