-- One statement changes the run's row: a second one in the same transaction would check all its foreign keys again.
-- A run that waits is taken when its deadline has come, or to be cancelled; one that is running was some lost worker's.
create or replace function overmind.take_run(p_run_id uuid, p_lease_token bigint, p_now timestamptz)
    returns table (is_resumed boolean, attempt integer)
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    before text;
    takes  integer;
begin
    select r.status into before
    from public.workflow_runs r
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
    for no key update;

    update public.workflow_runs r
    set status = 'running',
        lease_token = p_lease_token,
        started_at = coalesce(r.started_at, p_now),
        take_count = r.take_count + 1,
        waiting = null
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.status in ('queued', 'running', 'waiting')
      and r.lease_token <= p_lease_token
    returning r.take_count into takes;
    if not found then
        raise exception using
            errcode = 'OV001',
            message = format('The run %s has ended, or a lease after %s has it', p_run_id, p_lease_token);
    end if;

    return query select before = 'running', takes;
end
$$;
comment on function overmind.take_run(uuid, bigint, timestamptz) is
    'Gives a run to the worker with that lease, or fails with OV001 when it has ended or a later lease has it. Returns whether another worker had it, and how often it was taken; the first record tells its readers.';
