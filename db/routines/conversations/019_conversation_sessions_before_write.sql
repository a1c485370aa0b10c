create or replace trigger conversation_sessions_before_insert
    before insert on public.conversation_sessions
    for each row execute function overmind.copy_conversation_owner();

create or replace function overmind.conversation_sessions_before_state() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if old.status = 'completed' then
        raise exception using
            errcode = 'check_violation',
            message = 'A completed session stays completed',
            table = 'conversation_sessions',
            constraint = 'conversation_sessions_completed';
    end if;
    new.ended_at := case when new.status in ('completed', 'abandoned') then coalesce(new.ended_at, clock_timestamp()) end;
    -- Who takes it up again is active in it: else the next look would abandon it at once.
    if new.status = 'active' then
        new.last_active := clock_timestamp();
    end if;
    return new;
end
$$;
comment on function overmind.conversation_sessions_before_state() is
    'Trigger: keeps ended_at of a session with its status; a completed one is not taken up again.';

create or replace trigger conversation_sessions_before_state
    before update of status on public.conversation_sessions
    for each row
    when (old.status <> new.status)
    execute function overmind.conversation_sessions_before_state();

create or replace trigger touch_updated_at_not_by_counting
    before update on public.conversation_sessions
    for each row
    when (old.status = new.status and (old.last_active <> new.last_active or old.message_count <> new.message_count))
    execute function overmind.keep_updated_at();
