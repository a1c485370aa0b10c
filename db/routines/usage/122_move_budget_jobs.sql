-- Definer, because the jobs are everybody's. The budget is looked at when this is called, not when it was asked for, so that it may be called at any time and
-- by many; the budget's row is shared with block_job, so that what it blocks is seen here or sees the change.
create or replace function overmind.move_budget_jobs(p_organization_id uuid, p_budget_id uuid, p_kinds text[], p_limit integer default 1000) returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
    set enable_seqscan = off
as $$
declare
    owner   public.budgets;
    stopped text[] := '{}';
    ends    timestamptz;
    moved   integer;
    freed   integer;
begin
    select b.* into owner
    from public.budgets b
    where b.organization_id = p_organization_id and b.id = p_budget_id and b.is_active
    for share;
    if found then
        select coalesce(array_agg(p.subject), '{}'), max(p.period_end) into stopped, ends
        from public.budget_periods p
        where p.organization_id = p_organization_id
          and p.budget_id = p_budget_id
          and p.stopped_at is not null
          and p.period_start <= clock_timestamp()
          and p.period_end > clock_timestamp();
    end if;

    update public.jobs j
    set status = 'pending',
        run_at = clock_timestamp(),
        blocked_by = null
    where j.id = any (array(
        select w.id
        from public.jobs w
        where w.organization_id = p_organization_id
          and w.blocked_by = p_budget_id
          -- Of the other dimensions nobody knows whose job it is: each is tried again.
          and not case owner.dimension
              when 'user' then w.user_id::text = any (stopped)
              else (owner.subject is not null or owner.dimension = 'organization') and cardinality(stopped) > 0
          end
        limit p_limit
        for no key update skip locked));
    get diagnostics freed = row_count;
    if freed > 0 then
        perform pg_notify('job_available', '');
        return freed;
    end if;
    if cardinality(stopped) = 0 or owner.dimension not in ('organization', 'user') then
        return 0;
    end if;

    update public.jobs j
    set status = 'blocked',
        -- The deadline of a run ends it, whatever it waits for.
        run_at = least(ends, case when j.kind = 'run' then (
            select r.deadline_at
            from public.workflow_runs r
            where r.organization_id = p_organization_id and r.id = j.unique_key::uuid) end),
        blocked_by = p_budget_id
    where j.id = any (array(
        select w.id
        from public.jobs w
        where w.is_due
          and w.status = 'pending'
          and w.kind = any (p_kinds)
          and coalesce(w.organization_id, '00000000-0000-0000-0000-000000000000'::uuid) = p_organization_id
          and (owner.dimension = 'organization' or w.user_id::text = any (stopped))
          and (owner.on_limit <> 'skip_scheduled' or w.metadata ? 'schedule_id')
          -- One whose deadline has passed is due, to be ended.
          and not (w.kind = 'run' and exists (
              select
              from public.workflow_runs r
              where r.organization_id = p_organization_id and r.id = w.unique_key::uuid and (r.deadline_at <= clock_timestamp() or r.cancel_requested_at is not null)))
        limit p_limit
        for no key update skip locked));
    get diagnostics moved = row_count;
    return moved;
end
$$;
comment on function overmind.move_budget_jobs(uuid, uuid, text[], integer) is
    'Blocks up to p_limit due jobs of kinds that call models which a budget stops, until its period ends, or makes those due again that it no longer does. Returns how many; 0 when there is no more to do.';
revoke all on function overmind.move_budget_jobs(uuid, uuid, text[], integer) from public;
grant execute on function overmind.move_budget_jobs(uuid, uuid, text[], integer) to service_role;
