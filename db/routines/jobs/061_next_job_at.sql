-- Asked with each claim, so in plpgsql, whose plans last as long as the session.
create or replace function overmind.next_job_at() returns timestamptz
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    return least(
        (
            select j.run_at
            from public.jobs j
            where not j.is_due and j.run_at < 'infinity'
            order by j.run_at
            limit 1),
        (
            select j.run_at
            from public.jobs j
            where j.blocked_by is not null
            order by j.run_at
            limit 1));
end
$$;
comment on function overmind.next_job_at() is 'When the next job that waits for its time is due; null when none waits.';
revoke all on function overmind.next_job_at() from public;
grant execute on function overmind.next_job_at() to service_role;
