create or replace trigger context_snapshots_before_insert
    before insert on public.context_snapshots
    for each row execute function overmind.copy_run_owner();
