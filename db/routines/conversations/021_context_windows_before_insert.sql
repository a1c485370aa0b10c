create or replace trigger context_windows_before_insert
    before insert on public.context_windows
    for each row execute function overmind.copy_conversation_owner();
