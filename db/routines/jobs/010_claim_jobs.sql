-- Claims across tenants, which no policy allows: definer, for the service alone.
-- Jobs that others are claiming are passed over, so that workers never wait for each other.
create or replace function overmind.claim_jobs(
    p_kinds       text[],
    p_worker      text,
    p_worker_lock bigint,
    p_limit       integer,
    p_lease       interval,
    p_now         timestamptz default clock_timestamp()) returns setof public.jobs
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    with due as (
        select j.id
        from public.jobs j
        where j.status = 'pending'
          and j.kind = any (p_kinds)
          and j.run_at <= p_now
        order by j.priority, j.run_at, j.id
        limit p_limit
        for no key update skip locked
    )
    update public.jobs j
    set status = 'processing',
        attempt_count = j.attempt_count + 1,
        lease_token = nextval('overmind.lease_tokens'),
        lease_expires_at = p_now + p_lease,
        worker = p_worker,
        worker_lock = p_worker_lock,
        picked_up_at = coalesce(j.picked_up_at, p_now),
        last_attempt_at = p_now
    from due
    where j.id = due.id
    returning j.*
$$;
comment on function overmind.claim_jobs(text[], text, bigint, integer, interval, timestamptz) is
    'Leases up to p_limit due jobs of the given kinds to a worker that holds the session advisory lock p_worker_lock. lease_token fences its writes.';
revoke all on function overmind.claim_jobs(text[], text, bigint, integer, interval, timestamptz) from public;
grant execute on function overmind.claim_jobs(text[], text, bigint, integer, interval, timestamptz) to service_role;
