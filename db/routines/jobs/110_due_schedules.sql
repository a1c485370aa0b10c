-- Schedules of all tenants, which no policy allows: definer, for the service alone.
create or replace function overmind.due_schedules(p_limit integer, p_now timestamptz default clock_timestamp())
    returns table (
        id             uuid,
        cadence_config text,
        cron           text,
        local_time     text,
        time_zone      text,
        missed_runs    text,
        next_run_at    timestamptz,
        checked_at     timestamptz)
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select s.id, s.cadence_config::text, s.cron, to_char(s.local_time, 'HH24:MI:SS'), s.time_zone, s.missed_runs, s.next_run_at, p_now
    from public.schedules s
    where not s.is_paused
      and not overmind.is_frozen(s.organization_id)
      and s.next_run_at <= p_now
    order by s.next_run_at
    limit p_limit
$$;
comment on function overmind.due_schedules(integer, timestamptz) is
    'What is due by the database''s clock, the same for all nodes, and what that clock showed.';
revoke all on function overmind.due_schedules(integer, timestamptz) from public;
grant execute on function overmind.due_schedules(integer, timestamptz) to service_role;
