-- Definer, because a job belongs to whoever asked, and when it runs is nobody's to change. Touches only the job of a run that the caller sees
-- and that has just been decided on: nobody works on a run that is queued.
create or replace function overmind.wake_run_job(p_run_id uuid) returns boolean
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform from public.workflow_runs r
    where r.organization_id = overmind.org_id()
      and r.id = p_run_id
      and r.status = 'queued'
      and (r.user_id = overmind.user_id() or r.visibility = 'organization' or overmind.org_role() = 'admin');
    if not found then
        return false;
    end if;

    update public.jobs j
    set run_at = clock_timestamp()
    where j.organization_id = overmind.org_id()
      and j.kind = 'run'
      and j.unique_key = p_run_id::text
      and j.status = 'pending'
      and j.run_at > clock_timestamp();
    if not found then
        return false;
    end if;
    perform pg_notify('job_available', 'run');
    return true;
end
$$;
comment on function overmind.wake_run_job(uuid) is 'Makes the job of a run due that waited and has been decided on; false when there is none.';
revoke all on function overmind.wake_run_job(uuid) from public;
grant execute on function overmind.wake_run_job(uuid) to service_role;
