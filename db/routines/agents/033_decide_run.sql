-- The caller sees the run, or changes nothing. Of two decisions at once the second finds the run no longer waiting.
create or replace function overmind.decide_run(
    p_run_id    uuid,
    p_iteration integer,
    p_decision  text,
    p_note      text,
    p_directive text,
    p_now       timestamptz) returns boolean
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    decided jsonb;
    last    bigint;
begin
    select jsonb_build_object(
        'iteration', r.waiting -> 'iteration', 'decision', p_decision, 'note', p_note, 'directive', p_directive,
        'user_id', overmind.user_id(), 'decided_at', p_now)
    into decided
    from public.workflow_runs r
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.status = 'waiting'
      and r.cancel_requested_at is null
      and r.waiting ->> 'reason' <> 'budget_exceeded'
      and (p_iteration is null or (r.waiting ->> 'iteration')::integer = p_iteration)
    for no key update;
    if not found then
        return false;
    end if;

    update public.workflow_runs r
    set status = 'queued',
        waiting = null,
        approvals = r.approvals || decided,
        last_sequence = r.last_sequence + 1
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
    returning r.last_sequence into last;
    -- A viewer sees the run, and may change nothing.
    if not found then
        return false;
    end if;

    perform overmind.insert_run_events(p_run_id, last, jsonb_build_array(jsonb_build_object('type', 'run.' || p_decision, 'data', decided - 'decision')));
    perform overmind.wake_run_job(p_run_id);
    perform overmind.audit(
        'run.' || p_decision, 'execute', 'run', p_run_id::text, 'success', p_new_values => jsonb_build_object('iteration', decided -> 'iteration'));
    return true;
end
$$;
comment on function overmind.decide_run(uuid, integer, text, text, text, timestamptz) is
    'Approves or rejects the iteration that a run waits for (p_iteration: only that one) and lets a worker take it up. False when it does not wait for it.';
revoke all on function overmind.decide_run(uuid, integer, text, text, text, timestamptz) from public;
grant execute on function overmind.decide_run(uuid, integer, text, text, text, timestamptz) to service_role;
