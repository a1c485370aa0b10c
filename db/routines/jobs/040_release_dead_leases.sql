-- A worker holds its advisory lock as long as it lives, so a lock that can be had belongs to a dead one: its leases end at once.
-- A worker that hangs keeps its lock; its leases end when they run out.
create or replace function overmind.release_dead_leases(p_now timestamptz default clock_timestamp()) returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    dead     bigint[];
    ended    bigint[];
    released integer;
begin
    select array_agg(w.worker_lock) into dead
    from (
        select c.worker_lock
        from overmind.job_claims c
        union
        select a.worker_lock
        from overmind.workers a
    ) as w
    where pg_try_advisory_xact_lock(w.worker_lock);

    delete from overmind.workers w
    where w.worker_lock = any (dead);

    -- One that is being renewed or released just now is left to who does it.
    select array_agg(l.lease_token) into ended
    from (
        select c.lease_token
        from overmind.job_claims c
        where c.worker_lock = any (dead) or c.expires_at <= p_now
        order by c.lease_token
        for update skip locked
    ) as l;
    released := overmind.release_jobs(ended, '{}', 'The worker was lost', p_now);
    delete from overmind.job_claims c
    where c.lease_token = any (ended);
    return released;
end
$$;
comment on function overmind.release_dead_leases(timestamptz) is 'Takes jobs back from workers that died or hang, as release_jobs says; returns how many.';
revoke all on function overmind.release_dead_leases(timestamptz) from public;
grant execute on function overmind.release_dead_leases(timestamptz) to service_role;
