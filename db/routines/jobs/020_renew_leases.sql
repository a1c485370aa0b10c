-- Locks in the order of the ids, as complete_jobs does: a worker renews while it writes ends. Without a condition on the status, for the reason that complete_jobs gives.
create or replace function overmind.renew_leases(
    p_worker_lock bigint,
    p_ids         uuid[],
    p_tokens      bigint[],
    p_lease       interval,
    p_now         timestamptz default clock_timestamp()) returns table (id uuid, is_cancelled boolean)
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
    set enable_seqscan = off
    set enable_hashjoin = off
    set enable_mergejoin = off
as $$
    with held as materialized (
        select j.id
        from unnest(p_ids, p_tokens) as h (id, token)
        join public.jobs j on j.id = h.id and j.lease_token = h.token and j.worker_lock = p_worker_lock
        order by j.id
        for no key update of j
    )
    update public.jobs j
    set lease_expires_at = p_now + p_lease
    from held
    where j.id = held.id
    returning j.id, j.cancel_requested_at is not null
$$;
comment on function overmind.renew_leases(bigint, uuid[], bigint[], interval, timestamptz) is
    'Lengthens the leases of a worker; returns the jobs it still holds, and whether somebody wants them to end. The work on any other is to be stopped.';
revoke all on function overmind.renew_leases(bigint, uuid[], bigint[], interval, timestamptz) from public;
grant execute on function overmind.renew_leases(bigint, uuid[], bigint[], interval, timestamptz) to service_role;
