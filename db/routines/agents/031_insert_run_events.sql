create or replace function overmind.insert_run_events(p_run_id uuid, p_first bigint, p_events jsonb) returns void
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    event jsonb;
    next  bigint := p_first;
begin
    for event in select value from jsonb_array_elements(p_events) loop
        insert into public.run_events (organization_id, run_id, sequence_number, type, step_id, data)
        values (
            overmind.org_id(), p_run_id, next,
            event ->> 'type', (event ->> 'step_id')::uuid, coalesce(event -> 'data', '{}'));
        next := next + 1;
    end loop;

    perform pg_notify('run_event', p_run_id::text);
end
$$;
comment on function overmind.insert_run_events(uuid, bigint, jsonb) is
    'Writes events [{type, step_id, data}] under numbers that the caller has taken from the run''s row, and wakes the streams.';
