-- By way of the claims: jobs are not indexed by their status.
create or replace function overmind.held_jobs(p_kind text) returns setof public.jobs
    language sql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select j.*
    from overmind.job_claims c
    cross join unnest(c.job_ids) as held (id)
    join public.jobs j on j.id = held.id and j.lease_token = c.lease_token
    where p_kind = any (c.kinds)
      and j.kind = p_kind
$$;
comment on function overmind.held_jobs(text) is 'The jobs of a kind that workers hold. Called by allowed_jobs.';
revoke all on function overmind.held_jobs(text) from public;
