create or replace function overmind.next_schedule_wait(p_now timestamptz default clock_timestamp()) returns interval
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select min(s.next_run_at) - p_now
    from public.schedules s
    where not s.is_paused
      and not overmind.is_frozen(s.organization_id)
$$;
comment on function overmind.next_schedule_wait(timestamptz) is 'How long until a schedule of any tenant is due, by the database''s clock; null: none is.';
revoke all on function overmind.next_schedule_wait(timestamptz) from public;
grant execute on function overmind.next_schedule_wait(timestamptz) to service_role;
