-- A job with retry_when_lost goes back to pending however often that happens; for any other it is an attempt that failed, with the wait after it,
-- because the job may be what kills its workers.
create or replace function overmind.release_jobs(p_tokens bigint[], p_except uuid[], p_error text, p_now timestamptz) returns integer
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
    set enable_seqscan = off
    set enable_hashjoin = off
    set enable_mergejoin = off
as $$
declare
    released integer;
begin
    with lost as (
        select
            j.id, c.worker,
            case
                when j.cancel_requested_at is not null and j.kind <> 'run' then 'cancelled'
                when not j.retry_when_lost and j.attempt_count >= j.max_attempts then 'failed'
                else 'pending'
            end as status
        from overmind.job_claims c
        cross join unnest(c.job_ids) as held (id)
        join public.jobs j on j.id = held.id and j.lease_token = c.lease_token
        where c.lease_token = any (p_tokens)
          and held.id <> all (p_except)
        order by j.id
        for no key update of j
    )
    update public.jobs j
    set status = lost.status,
        run_at = case
            when lost.status = 'pending' and not j.retry_when_lost then clock_timestamp() + overmind.retry_delay(j.retry_config, j.attempt_count)
            else j.run_at
        end,
        completed_at = case when lost.status <> 'pending' then p_now end,
        keep_until = case when lost.status <> 'pending' then p_now + interval '30 days' end,
        last_error = p_error,
        errors = j.errors || jsonb_build_object('attempt', j.attempt_count, 'error', p_error, 'worker', lost.worker, 'at', p_now),
        attempt_count = j.attempt_count - case when j.retry_when_lost then 1 else 0 end,
        lease_token = null
    from lost
    where j.id = lost.id;
    get diagnostics released = row_count;
    if released > 0 then
        perform pg_notify('job_available', '');
    end if;
    return released;
end
$$;
comment on function overmind.release_jobs(bigint[], uuid[], text, timestamptz) is
    'Takes back what claims still hold, except some jobs; returns how many. They are pending again, failed when they are not to be retried, or cancelled when somebody wanted that. Called by renew_leases and release_dead_leases.';
revoke all on function overmind.release_jobs(bigint[], uuid[], text, timestamptz) from public;
