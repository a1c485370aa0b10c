-- Whoever is beyond row-level security says whose the event is: overmind.insert_run_events has read it, once for all of them.
create or replace trigger run_events_before_insert
    before insert on public.run_events
    for each row
    when (new.user_id is null or row_security_active('public.run_events'))
    execute function overmind.copy_run_owner();
