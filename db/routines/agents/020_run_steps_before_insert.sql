create or replace trigger run_steps_before_insert
    before insert on public.run_steps
    for each row execute function overmind.copy_run_owner();
