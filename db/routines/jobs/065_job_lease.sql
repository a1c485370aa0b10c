-- Definer, because the claims are the workers' own. Tells of a job that the caller sees: their own, for an admin any of the organization.
-- Strict: for a job that nobody holds it is not even called.
create or replace function overmind.job_lease(p_id uuid, p_lease_token bigint) returns table (worker text, expires_at timestamptz)
    language sql
    stable
    strict
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select c.worker, c.expires_at
    from public.jobs j
    join overmind.job_claims c on c.lease_token = j.lease_token
    where j.id = p_id
      and j.lease_token = p_lease_token
      and j.organization_id = overmind.org_id()
      and (j.user_id = overmind.user_id() or overmind.org_role() = 'admin')
$$;
comment on function overmind.job_lease(uuid, bigint) is 'Which worker holds a job, and until when unless it renews its lease.';
revoke all on function overmind.job_lease(uuid, bigint) from public;
grant execute on function overmind.job_lease(uuid, bigint) to authenticated, service_role;
