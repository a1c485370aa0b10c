create or replace function overmind.append_run_events(p_run_id uuid, p_events jsonb) returns bigint
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    last bigint;
begin
    update public.workflow_runs r
    set last_sequence = r.last_sequence + jsonb_array_length(p_events)
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
    returning r.last_sequence into last;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no run %s', p_run_id),
            table = 'run_events',
            constraint = 'run_events_run_fkey';
    end if;

    perform overmind.insert_run_events(p_run_id, last - jsonb_array_length(p_events) + 1, p_events);
    return last;
end
$$;
comment on function overmind.append_run_events(uuid, jsonb) is
    'Writes events [{type, step_id, data}] under the run''s next numbers, without gaps, and wakes the streams. Returns the last number.';
