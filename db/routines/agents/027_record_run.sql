-- One statement is the fence and changes the run's row: a second change in the same transaction would check all its foreign keys again.
create or replace function overmind.record_run(
    p_run_id         uuid,
    p_lease_token    bigint,
    p_tokens_input   bigint,
    p_tokens_output  bigint,
    p_cost_usd       numeric,
    p_n2_iterations  integer,
    p_best_iteration integer,
    p_best_score     double precision,
    p_end            jsonb,
    p_events         jsonb) returns boolean
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    last      bigint;
    cancelled boolean;
    owner     uuid;
begin
    update public.workflow_runs r
    set tokens_input = p_tokens_input,
        tokens_output = p_tokens_output,
        cost_usd = p_cost_usd,
        n2_iterations = p_n2_iterations,
        best_iteration = p_best_iteration,
        best_score = p_best_score,
        status = coalesce(p_end ->> 'status', r.status),
        termination_reason = p_end ->> 'termination_reason',
        error_code = p_end ->> 'error_code',
        error_message = p_end ->> 'error_message',
        answer_message_id = case when p_end ? 'completed_at' then (p_end ->> 'answer_message_id')::uuid else r.answer_message_id end,
        waiting = nullif(p_end -> 'waiting', 'null'),
        completed_at = (p_end ->> 'completed_at')::timestamptz,
        latency_ms = (p_end ->> 'latency_ms')::bigint,
        last_sequence = r.last_sequence + jsonb_array_length(p_events)
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.lease_token = p_lease_token
      and r.status = 'running'
    returning r.last_sequence, r.cancel_requested_at is not null, r.user_id into last, cancelled, owner;
    if not found then
        raise exception using
            errcode = 'OV001',
            message = format('The run %s is no longer held by lease %s', p_run_id, p_lease_token);
    end if;

    if jsonb_array_length(p_events) > 0 then
        perform overmind.insert_run_events(p_run_id, last - jsonb_array_length(p_events) + 1, p_events);
    end if;
    if p_end is not null then
        perform pg_notify('run_settled', format('%s %s', owner, p_run_id));
    end if;
    return cancelled;
end
$$;
comment on function overmind.record_run(uuid, bigint, bigint, bigint, numeric, integer, integer, double precision, jsonb, jsonb) is
    'First statement of each transaction in which a worker records a run: the fence (OV001), the run''s totals, its end or for what it waits if p_end is not null (which its owner''s pages are told: run_settled), its events. Returns whether somebody wants it cancelled.';
