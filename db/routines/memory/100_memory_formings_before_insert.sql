create or replace trigger memory_formings_before_insert
    before insert on public.memory_formings
    for each row execute function overmind.copy_conversation_owner();
