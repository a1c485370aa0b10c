create or replace function overmind.report_job(p_id uuid, p_lease_token bigint, p_progress real) returns void
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.jobs j
    set progress = p_progress
    where j.id = p_id
      and j.lease_token = p_lease_token
      and j.status = 'processing'
$$;
comment on function overmind.report_job(uuid, bigint, real) is 'Says how far a leased job is, 0 to 1.';
revoke all on function overmind.report_job(uuid, bigint, real) from public;
grant execute on function overmind.report_job(uuid, bigint, real) to service_role;
