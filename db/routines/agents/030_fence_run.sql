create or replace function overmind.fence_run(p_run_id uuid, p_lease_token bigint) returns void
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform from public.workflow_runs r
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.lease_token = p_lease_token
      and r.status = 'running'
    for no key update;
    if not found then
        raise exception using
            errcode = 'OV001',
            message = format('The run %s is no longer held by lease %s', p_run_id, p_lease_token);
    end if;
end
$$;
comment on function overmind.fence_run(uuid, bigint) is
    'First statement of each of a worker''s transactions: locks the run, or fails with OV001 when it has ended or another worker has taken it.';
