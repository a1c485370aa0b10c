create or replace function overmind.episode_schedule_queue_insert() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    new.id := coalesce(new.id, overmind.uuid_v7());
    new.organization_id := coalesce(new.organization_id, overmind.org_id());
    if coalesce(new.status, 'pending') not in ('pending', 'blocked') then
        raise exception using errcode = 'check_violation', message = format('A new episode job is pending or blocked, not %s', new.status);
    end if;
    insert into public.jobs (id, organization_id, kind, payload, run_at, status, last_error, metadata)
    values (
        new.id, new.organization_id, 'episode.generate', jsonb_build_object('project_id', new.project_id), coalesce(new.scheduled_for, clock_timestamp()),
        coalesce(new.status, 'pending'), new.last_error, coalesce(new.metadata, '{}'));
    return new;
end
$$;
comment on function overmind.episode_schedule_queue_insert() is 'Trigger: a row of the view becomes a job.';
create or replace trigger episode_schedule_queue_insert
    instead of insert on public.episode_schedule_queue
    for each row
    execute function overmind.episode_schedule_queue_insert();
