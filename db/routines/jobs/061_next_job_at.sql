create or replace function overmind.next_job_at() returns timestamptz
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select j.run_at
    from public.jobs j
    where not j.is_due and j.run_at < 'infinity'
    order by j.run_at
    limit 1
$$;
comment on function overmind.next_job_at() is 'When the next job that waits for its time is due; null when none waits.';
revoke all on function overmind.next_job_at() from public;
grant execute on function overmind.next_job_at() to service_role;
