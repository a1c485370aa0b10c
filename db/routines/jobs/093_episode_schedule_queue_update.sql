create or replace function overmind.episode_schedule_queue_update() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if not overmind.change_episode_job(old.id, new.status, new.last_error, new.scheduled_for, coalesce(new.metadata, '{}')) then
        return null;
    end if;
    return new;
end
$$;
comment on function overmind.episode_schedule_queue_update() is 'Trigger: a change of the view''s row becomes one of its job, unless a worker holds it.';
create or replace trigger episode_schedule_queue_update
    instead of update on public.episode_schedule_queue
    for each row
    execute function overmind.episode_schedule_queue_update();
