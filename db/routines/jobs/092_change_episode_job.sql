-- Definer, because members may not write a job's status. Touches only jobs that the caller sees and that no worker holds.
create or replace function overmind.change_episode_job(
    p_id uuid, p_status text, p_last_error text, p_run_at timestamptz, p_metadata jsonb) returns boolean
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if p_status not in ('pending', 'blocked', 'cancelled') then
        raise exception using errcode = 'check_violation', message = format('An episode job can be made pending, blocked or cancelled, not %s', p_status);
    end if;
    update public.jobs j
    set status = p_status,
        last_error = p_last_error,
        run_at = p_run_at,
        metadata = p_metadata,
        completed_at = case when p_status = 'cancelled' then clock_timestamp() end,
        keep_until = case when p_status = 'cancelled' then clock_timestamp() + interval '7 days' end
    where j.id = p_id
      and j.kind = 'episode.generate'
      and j.status in ('pending', 'blocked')
      and j.organization_id = overmind.org_id()
      and (j.user_id = overmind.user_id() or overmind.org_role() = 'admin')
      and overmind.org_role() is distinct from 'viewer';
    return found;
end
$$;
comment on function overmind.change_episode_job(uuid, text, text, timestamptz, jsonb) is
    'Blocks, unblocks, cancels or moves an episode job that waits; false when there is none that the caller may change.';
revoke all on function overmind.change_episode_job(uuid, text, text, timestamptz, jsonb) from public;
grant execute on function overmind.change_episode_job(uuid, text, text, timestamptz, jsonb) to authenticated, service_role;
