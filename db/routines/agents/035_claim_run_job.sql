-- Definer, because a job belongs to whoever asked, and to nobody's hands but a worker's. Touches only the job of a run that the caller sees
-- and that somebody has asked to stop: the claim's one use is to end that run.
-- Its worker lock is nobody's, so that a caller who dies before the end loses the job to the next worker at once. It is due from now on,
-- whatever the run waited for: also a caller who lives may lose it so, and who then takes it up ends the run.
create or replace function overmind.claim_run_job(p_run_id uuid) returns setof public.jobs
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    job   public.jobs;
    token constant bigint := nextval('overmind.lease_tokens');
begin
    perform from public.workflow_runs r
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.status in ('queued', 'running', 'waiting')
      and r.cancel_requested_at is not null
      and (r.user_id = overmind.user_id() or r.visibility = 'organization' or overmind.org_role() = 'admin');
    if not found then
        return;
    end if;

    select j.* into job
    from public.jobs j
    where j.organization_id = overmind.org_id()
      and j.kind = 'run'
      and j.unique_key = p_run_id::text
      and j.status in ('pending', 'processing', 'blocked')
    for no key update;
    if not found
        or exists (
            select from overmind.job_claims c
            where c.lease_token = job.lease_token and c.expires_at > clock_timestamp() and not pg_try_advisory_xact_lock(c.worker_lock))
    then
        return;
    end if;

    insert into overmind.job_claims (lease_token, worker, worker_lock, expires_at, kinds, job_ids)
    values (token, 'cancel', -1, clock_timestamp() + interval '15 seconds', '{run}', array[job.id]);
    return query
    update public.jobs j
    set status = 'processing',
        run_at = least(j.run_at, clock_timestamp()),
        attempt_count = j.attempt_count + 1,
        lease_token = token,
        picked_up_at = coalesce(j.picked_up_at, clock_timestamp()),
        last_attempt_at = clock_timestamp()
    where j.id = job.id
    returning j.*;
end
$$;
comment on function overmind.claim_run_job(uuid) is
    'Leases the job of a run that is to be cancelled to the caller, unless a live worker holds it; returns no row then.';
revoke all on function overmind.claim_run_job(uuid) from public;
grant execute on function overmind.claim_run_job(uuid) to service_role;
