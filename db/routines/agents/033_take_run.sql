-- One statement changes the run's row: a second one in the same transaction would check all its foreign keys again.
create or replace function overmind.take_run(p_run_id uuid, p_lease_token bigint, p_now timestamptz) returns void
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    retries integer;
    last    bigint;
begin
    update public.workflow_runs r
    set status = 'running',
        lease_token = p_lease_token,
        started_at = coalesce(r.started_at, p_now),
        retry_count = r.retry_count + (r.started_at is not null)::integer,
        last_retry_at = case when r.started_at is null then r.last_retry_at else p_now end,
        last_sequence = r.last_sequence + 1
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.status in ('queued', 'running')
      and r.lease_token <= p_lease_token
    returning r.retry_count, r.last_sequence into retries, last;
    if not found then
        raise exception using
            errcode = 'OV001',
            message = format('The run %s has ended, or a lease after %s has it', p_run_id, p_lease_token);
    end if;

    perform overmind.insert_run_events(p_run_id, last, jsonb_build_array(jsonb_build_object(
        'type', 'run.started',
        'data', jsonb_build_object('resumed', retries > 0, 'attempt', retries + 1))));
end
$$;
comment on function overmind.take_run(uuid, bigint, timestamptz) is
    'Gives a run to the worker with that lease and tells its readers, or fails with OV001 when it has ended or a later lease has it.';
