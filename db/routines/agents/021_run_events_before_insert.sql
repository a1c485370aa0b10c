create or replace trigger run_events_before_insert
    before insert on public.run_events
    for each row execute function overmind.copy_run_owner();
