create or replace function overmind.schedules_after_earlier() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_notify('schedule_changed', '');
    return null;
end
$$;
comment on function overmind.schedules_after_earlier() is 'Trigger: wakes the nodes when something is due sooner than they know.';

create or replace trigger schedules_after_insert
    after insert on public.schedules
    for each row
    execute function overmind.schedules_after_earlier();
