-- Definer, because what belongs to the installation is no tenant's to write. An unchanged schedule keeps its time: a node that starts moves nothing.
create or replace function overmind.keep_installation_schedule(p_name text, p_cron text, p_kind text, p_next timestamptz) returns void
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    insert into public.schedules (organization_id, user_id, name, cron, kind, next_run_at)
    values (null, null, p_name, p_cron, p_kind, p_next)
    on conflict (name) where organization_id is null do update
    set cron = excluded.cron,
        kind = excluded.kind,
        next_run_at = excluded.next_run_at
    where schedules.cron <> excluded.cron
       or schedules.kind <> excluded.kind
$$;
comment on function overmind.keep_installation_schedule(text, text, text, timestamptz) is
    'Makes a schedule of the installation, or brings it to what this version says.';
revoke all on function overmind.keep_installation_schedule(text, text, text, timestamptz) from public;
grant execute on function overmind.keep_installation_schedule(text, text, text, timestamptz) to service_role;
