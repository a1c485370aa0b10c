-- What is recorded stays: only the steps of the iteration that was not brought to its end, and that have no answer, are open again.
create or replace function overmind.retry_run(p_run_id uuid, p_now timestamptz) returns boolean
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    retries  integer;
    last     bigint;
    complete integer;
begin
    select count(*) into complete
    from public.run_steps s
    where s.organization_id = overmind.org_id()
      and s.run_id = p_run_id
      and s.phase = 'inspect'
      and s.status = 'succeeded';

    update public.workflow_runs r
    set status = 'queued',
        termination_reason = null,
        error_code = null,
        error_message = null,
        completed_at = null,
        latency_ms = null,
        cancel_requested_at = null,
        answer_message_id = coalesce(r.answer_message_id, overmind.uuid_v7()),
        -- As long as it had from the start.
        deadline_at = p_now + (r.deadline_at - coalesce(r.last_retry_at, r.created_at)),
        n2_iterations = complete,
        -- Who rejected an iteration and retries the run wants it after all.
        approvals = coalesce((
            select jsonb_agg(a.value order by a.ordinality)
            from jsonb_array_elements(r.approvals) with ordinality as a
            where a.value ->> 'decision' = 'approved'), '[]'),
        retry_count = r.retry_count + 1,
        last_retry_at = p_now,
        last_sequence = r.last_sequence + 1
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.status in ('failed', 'cancelled')
    returning r.retry_count, r.last_sequence into retries, last;
    if not found then
        return false;
    end if;

    update public.run_steps s
    set status = 'running',
        is_sent_back = false,
        output = null,
        error_message = null,
        error_code = null,
        metadata = s.metadata - 'failures',
        completed_at = null
    where s.organization_id = overmind.org_id()
      and s.run_id = p_run_id
      and s.iteration > complete
      and s.status in ('failed', 'cancelled');

    perform overmind.insert_run_events(p_run_id, last, jsonb_build_array(jsonb_build_object(
        'type', 'run.retried',
        'data', jsonb_build_object('retry_count', retries, 'user_id', overmind.user_id()))));
    return true;
end
$$;
comment on function overmind.retry_run(uuid, timestamptz) is
    'Lets a run that has failed or was cancelled go on from what it has recorded; its job is the callers to write. False for any other run.';
revoke all on function overmind.retry_run(uuid, timestamptz) from public;
grant execute on function overmind.retry_run(uuid, timestamptz) to service_role;
