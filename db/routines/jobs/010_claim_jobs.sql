-- Claims across tenants, which no policy allows: definer, for the service alone.
-- A pair is a kind and an organization with due jobs. Each gives the same number, so that none starves another; each is one range of jobs_claim_idx.
-- Without cursors the pairs are found by jumping from one to the next in that index; with cursors the ranges begin where the worker's last claim
-- ended, past the dead entries of finished jobs that a long-running reader keeps in the index. Jobs that are held stay in the index, and are passed over.
-- At 1,000,000 + 1 waiting jobs a claim takes 0.1 ms. Sequential scans are off: a plan that was made for an empty table would outlive it.
-- The plans are made once a session: to make them anew took twice as long as the claim of a single job.
create or replace function overmind.claim_jobs(
    p_kinds       text[],
    p_worker      text,
    p_worker_lock bigint,
    p_limit       integer,
    p_lease       interval,
    p_now         timestamptz default clock_timestamp(),
    p_limits      jsonb default '{}',
    p_cursors     jsonb default null,
    p_after       uuid default null) returns setof public.jobs
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_hashjoin = off
    set enable_mergejoin = off
    set plan_cache_mode = force_generic_plan
as $$
declare
    nobody    constant uuid := '00000000-0000-0000-0000-000000000000';
    token     constant bigint := nextval('overmind.lease_tokens');
    pairs     jsonb;
    share     integer;
    remaining integer := p_limit;
    claimed   integer;
begin
    if p_cursors is null then
        perform overmind.promote_jobs(p_now);
        with recursive found as (
            select k.kind, first.tenant
            from unnest(p_kinds) as k (kind)
            cross join lateral (
                select coalesce(j.organization_id, nobody) as tenant
                from public.jobs j
                where j.is_due and j.kind = k.kind
                  and (p_after is null or coalesce(j.organization_id, '00000000-0000-0000-0000-000000000000'::uuid) > p_after)
                order by coalesce(j.organization_id, '00000000-0000-0000-0000-000000000000'::uuid)
                limit 1
            ) as first
            union all
            select f.kind, next.tenant
            from found f
            cross join lateral (
                select coalesce(j.organization_id, nobody) as tenant
                from public.jobs j
                where j.is_due and j.kind = f.kind
                  and coalesce(j.organization_id, '00000000-0000-0000-0000-000000000000'::uuid) > f.tenant
                order by coalesce(j.organization_id, '00000000-0000-0000-0000-000000000000'::uuid)
                limit 1
            ) as next
        )
        select jsonb_agg(jsonb_build_object('kind', p.kind, 'tenant', p.tenant, 'priority', -1, 'run_at', '-infinity', 'id', nobody)) into pairs
        from (select f.kind, f.tenant from found f where not overmind.is_frozen(f.tenant) limit least(p_limit, 64)) as p;
    else
        pairs := p_cursors;
    end if;

    -- Further rounds give what some pairs left to those that have more, so that a claim that brings less than p_limit says that there is no more.
    for round in 0 .. 9 loop
        exit when pairs is null or jsonb_array_length(pairs) = 0 or remaining <= 0;
        share := least(remaining, ceil(remaining::numeric / jsonb_array_length(pairs)) * 4 ^ round);
        return query
        with allowed as materialized (
            select a.kind, a.tenant, a.priority, a.run_at, a.id, a.share
            from overmind.allowed_jobs(pairs, p_limits, share) as a
        ), due as (
            select next.id
            from allowed a
            cross join lateral (
                select j.id
                from public.jobs j
                where j.is_due and j.status = 'pending' and j.kind = a.kind
                  and coalesce(j.organization_id, '00000000-0000-0000-0000-000000000000'::uuid) = a.tenant
                  and (j.priority, j.run_at, j.id) > (a.priority, a.run_at, a.id)
                order by j.priority, j.run_at, j.id
                limit a.share
                for no key update skip locked
            ) as next
            limit remaining
        ), claimed as (
            update public.jobs j
            set status = 'processing',
                attempt_count = j.attempt_count + 1,
                lease_token = token,
                picked_up_at = coalesce(j.picked_up_at, p_now),
                last_attempt_at = p_now,
                updated_at = p_now
            from due
            where j.id = due.id
            returning j.*
        ), noted as (
            insert into overmind.job_claims as c (lease_token, worker, worker_lock, expires_at, kinds, job_ids)
            select token, p_worker, p_worker_lock, p_now + p_lease, array_agg(distinct n.kind), array_agg(n.id)
            from claimed n
            having count(*) > 0
            on conflict (lease_token) do update
            set kinds = c.kinds || excluded.kinds,
                job_ids = c.job_ids || excluded.job_ids
        )
        select n.*
        from claimed n;
        get diagnostics claimed = row_count;
        exit when claimed < share;
        remaining := remaining - claimed;
    end loop;
end
$$;
comment on function overmind.claim_jobs(text[], text, bigint, integer, interval, timestamptz, jsonb, jsonb, uuid) is
    'Leases up to p_limit due jobs of the given kinds to a worker that holds the session advisory lock p_worker_lock, in turn for each organization, all by one lease. Its lease_token fences the worker''s writes. p_limits has by kind how many jobs are allowed: slots (to this worker), all, organization. p_cursors are pairs of kind and tenant with the last job that was claimed; null looks for them anew, after the organization p_after.';
revoke all on function overmind.claim_jobs(text[], text, bigint, integer, interval, timestamptz, jsonb, jsonb, uuid) from public;
grant execute on function overmind.claim_jobs(text[], text, bigint, integer, interval, timestamptz, jsonb, jsonb, uuid) to service_role;
