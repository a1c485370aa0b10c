-- A firing moves its schedule to a later time, of which nobody needs to hear.
create or replace trigger schedules_after_update
    after update of next_run_at, is_paused on public.schedules
    for each row
    when (not new.is_paused and (old.is_paused or old.next_run_at is null or new.next_run_at < old.next_run_at))
    execute function overmind.schedules_after_earlier();
