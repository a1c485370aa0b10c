-- Definer, because members may not write a job's status. Touches only jobs that the caller sees: their own, for an admin all of the organization.
create or replace function overmind.cancel_jobs(p_ids uuid[]) returns setof uuid
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    cancelled uuid[];
    asked     uuid[];
begin
    if overmind.org_role() is not distinct from 'viewer' then
        return;
    end if;

    with changed as (
        update public.jobs j
        set cancel_requested_at = coalesce(j.cancel_requested_at, clock_timestamp()),
            status = case when j.status = 'processing' then 'processing' else 'cancelled' end,
            completed_at = case when j.status <> 'processing' then clock_timestamp() end,
            keep_until = case when j.status <> 'processing' then clock_timestamp() + interval '7 days' end
        where j.id = any (p_ids)
          and j.organization_id = overmind.org_id()
          and (j.user_id = overmind.user_id() or overmind.org_role() = 'admin')
          and j.status in ('pending', 'blocked', 'processing')
        returning j.id, j.status
    )
    select array_agg(c.id), array_agg(c.id) filter (where c.status = 'processing') into cancelled, asked
    from changed c;

    -- A payload holds 8,000 bytes; what is not told here is seen when leases are renewed.
    for i in 1 .. least(coalesce(cardinality(asked), 0), 200) loop
        perform pg_notify('job_cancel', asked[i]::text);
    end loop;
    if cancelled is not null then
        perform overmind.audit(
            'job.cancelled', 'execute', 'job', case when cardinality(cancelled) = 1 then cancelled[1]::text end, 'success',
            p_metadata => jsonb_build_object('count', cardinality(cancelled), 'ids', to_jsonb(cancelled[1:100])));
    end if;
    return query select unnest(cancelled);
end
$$;
comment on function overmind.cancel_jobs(uuid[]) is 'Ends jobs that wait, and asks the workers of those that run to stop; returns the jobs it concerned.';
revoke all on function overmind.cancel_jobs(uuid[]) from public;
grant execute on function overmind.cancel_jobs(uuid[]) to authenticated, service_role;
