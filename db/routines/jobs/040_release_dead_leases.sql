-- A worker holds its advisory lock as long as it lives, so a lock that can be had belongs to a dead one: its leases end at once.
-- A worker that hangs keeps its lock; its leases end when they run out. A job with retry_when_lost goes back to pending however often that
-- happens; for any other it is an attempt that failed, with the wait after it, because the job may be what kills its workers.
create or replace function overmind.release_dead_leases(p_now timestamptz default clock_timestamp()) returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    dead     bigint[];
    released integer;
begin
    select array_agg(w.worker_lock) into dead
    from (
        select j.worker_lock
        from public.jobs j
        where j.status = 'processing'
        union
        select a.worker_lock
        from overmind.workers a
    ) as w
    where pg_try_advisory_xact_lock(w.worker_lock);

    delete from overmind.workers w
    where w.worker_lock = any (dead);

    with lost as (
        select
            j.id,
            case
                when j.cancel_requested_at is not null and j.kind <> 'run' then 'cancelled'
                when not j.retry_when_lost and j.attempt_count >= j.max_attempts then 'failed'
                else 'pending'
            end as status
        from public.jobs j
        where j.status = 'processing'
          and (j.worker_lock = any (dead) or j.lease_expires_at <= p_now)
        order by j.id
        for no key update skip locked
    )
    update public.jobs j
    set status = lost.status,
        run_at = case
            when lost.status = 'pending' and not j.retry_when_lost then clock_timestamp() + overmind.retry_delay(j.retry_config, j.attempt_count)
            else j.run_at
        end,
        completed_at = case when lost.status <> 'pending' then p_now end,
        keep_until = case when lost.status <> 'pending' then p_now + interval '30 days' end,
        last_error = 'The worker was lost',
        errors = j.errors || jsonb_build_object('attempt', j.attempt_count, 'error', 'The worker was lost', 'worker', j.worker, 'at', p_now),
        attempt_count = j.attempt_count - case when j.retry_when_lost then 1 else 0 end,
        lease_token = null,
        lease_expires_at = null,
        worker = null,
        worker_lock = null
    from lost
    where j.id = lost.id;
    get diagnostics released = row_count;
    if released > 0 then
        perform pg_notify('job_available', '');
    end if;
    return released;
end
$$;
comment on function overmind.release_dead_leases(timestamptz) is
    'Takes jobs back from workers that died or hang; returns how many. They are pending again, failed when they are not to be retried, or cancelled when somebody wanted that.';
revoke all on function overmind.release_dead_leases(timestamptz) from public;
grant execute on function overmind.release_dead_leases(timestamptz) to service_role;
