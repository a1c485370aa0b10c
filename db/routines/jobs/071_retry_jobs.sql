-- Definer, because members may not write a job's status. Touches only jobs that the caller sees: their own, for an admin all of the organization.
create or replace function overmind.retry_jobs(p_ids uuid[]) returns setof uuid
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    again uuid[];
begin
    if overmind.org_role() is not distinct from 'viewer' then
        return;
    end if;

    with chosen as (
        -- Of several with one unique key the newest, and none while one of them is open.
        select distinct on (j.kind, coalesce(j.unique_key, j.id::text)) j.id
        from public.jobs j
        where j.id = any (p_ids)
          and j.organization_id = overmind.org_id()
          and (j.user_id = overmind.user_id() or overmind.org_role() = 'admin')
          and (j.status in ('failed', 'cancelled', 'blocked') or j.status = 'pending' and j.run_at > clock_timestamp())
          and not exists (
              select from public.jobs o
              where o.organization_id = j.organization_id and o.kind = j.kind and o.unique_key = j.unique_key and o.id <> j.id
                and o.completed_at is null)
        order by j.kind, coalesce(j.unique_key, j.id::text), j.id desc
    ), changed as (
        update public.jobs j
        set status = 'pending',
            run_at = clock_timestamp(),
            attempt_count = 0,
            completed_at = null,
            keep_until = null,
            cancel_requested_at = null,
            progress = null
        from chosen c
        where j.id = c.id
        returning j.id
    )
    select array_agg(c.id) into again
    from changed c;

    if again is not null then
        perform pg_notify('job_available', '');
    end if;
    if again is not null then
        perform overmind.audit(
            'job.retried', 'execute', 'job', case when cardinality(again) = 1 then again[1]::text end, 'success',
            p_metadata => jsonb_build_object('count', cardinality(again), 'ids', to_jsonb(again[1:100])));
    end if;
    return query select unnest(again);
end
$$;
comment on function overmind.retry_jobs(uuid[]) is 'Makes jobs that failed, were cancelled, are blocked or wait for their next attempt due at once, with all their attempts; their errors stay. Returns the jobs it concerned.';
revoke all on function overmind.retry_jobs(uuid[]) from public;
grant execute on function overmind.retry_jobs(uuid[]) to authenticated, service_role;
