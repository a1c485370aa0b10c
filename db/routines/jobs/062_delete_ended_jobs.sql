create or replace function overmind.delete_ended_jobs(p_limit integer default 5000, p_now timestamptz default clock_timestamp()) returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    deleted integer;
begin
    delete from public.jobs j
    where j.id = any (array(
        select e.id
        from public.jobs e
        where e.status in ('completed', 'failed', 'cancelled') and e.keep_until <= p_now
        order by e.keep_until
        limit p_limit
        for update skip locked));
    get diagnostics deleted = row_count;
    return deleted;
end
$$;
comment on function overmind.delete_ended_jobs(integer, timestamptz) is 'Deletes ended jobs that were kept long enough, p_limit at a time; returns how many.';
revoke all on function overmind.delete_ended_jobs(integer, timestamptz) from public;
grant execute on function overmind.delete_ended_jobs(integer, timestamptz) to service_role;
