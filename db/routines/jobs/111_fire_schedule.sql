-- Many nodes may come with the same firing: the first moves next_run_at, and the others no longer find what they expect.
create or replace function overmind.fire_schedule(
    p_id       uuid,
    p_expected timestamptz,
    p_next     timestamptz,
    p_due      timestamptz[],
    p_local    text[],
    p_models   text[] default '{}') returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    schedule public.schedules;
    fired    integer;
begin
    update public.schedules s
    set next_run_at = p_next,
        last_run_at = coalesce(p_due[array_upper(p_due, 1)], s.last_run_at)
    where s.id = p_id
      and s.next_run_at = p_expected
      and not s.is_paused
    returning s.* into schedule;
    if not found then
        return 0;
    end if;

    -- What calls models is passed over while a budget skips what is scheduled.
    if schedule.kind = any (p_models) and overmind.skips_scheduled(schedule.organization_id, schedule.user_id) then
        return 0;
    end if;

    insert into public.jobs (organization_id, user_id, kind, payload, unique_key, max_attempts, retry_when_lost, metadata)
    select
        schedule.organization_id,
        schedule.user_id,
        schedule.kind,
        schedule.payload,
        format('schedule:%s:%s', schedule.id, extract(epoch from due.at)),
        schedule.max_attempts,
        false,
        jsonb_build_object(
            'schedule_id', schedule.id, 'scheduled_for', due.at, 'user_timezone', schedule.time_zone, 'user_local_time', due.local)
    from unnest(p_due, p_local) as due (at, local)
    on conflict do nothing;
    get diagnostics fired = row_count;
    return fired;
end
$$;
comment on function overmind.fire_schedule(uuid, timestamptz, timestamptz, timestamptz[], text[], text[]) is
    'Moves a schedule from the time it was due to the next, and makes its jobs, both or none; returns how many. Nothing when it has moved already. Jobs of the kinds p_models are not made while a budget skips what is scheduled.';
revoke all on function overmind.fire_schedule(uuid, timestamptz, timestamptz, timestamptz[], text[], text[]) from public;
grant execute on function overmind.fire_schedule(uuid, timestamptz, timestamptz, timestamptz[], text[], text[]) to service_role;
