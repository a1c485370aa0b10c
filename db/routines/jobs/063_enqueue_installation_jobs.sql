-- Definer, because no policy lets anybody write a row without a tenant. Writes rows of no tenant, and for the service alone.
create or replace function overmind.enqueue_installation_jobs(p_jobs jsonb) returns setof uuid
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    insert into public.jobs (
        id, organization_id, user_id, kind, payload, priority, run_at, unique_key, max_attempts, retry_config, retry_when_lost, batch_id, metadata)
    select
        n.id, null, null, n.kind, n.payload, coalesce(n.priority, 100), coalesce(n.run_at, clock_timestamp()), n.unique_key, coalesce(n.max_attempts, 3),
        coalesce(n.retry_config, '{"strategy": "exponential", "base_delay_ms": 1000, "max_delay_ms": 300000}'), coalesce(n.retry_when_lost, true),
        n.batch_id, coalesce(n.metadata, '{}')
    from jsonb_to_recordset(p_jobs) as n (
        id uuid, kind text, payload jsonb, priority smallint, run_at timestamptz, unique_key text, unique_for interval, max_attempts integer,
        retry_config jsonb, retry_when_lost boolean, batch_id uuid, metadata jsonb)
    where n.unique_for is null
       or not exists (
           select from public.jobs j
           where j.organization_id is null and j.kind = n.kind and j.unique_key = n.unique_key and j.created_at > clock_timestamp() - n.unique_for)
    on conflict (organization_id, kind, unique_key) where unique_key is not null and completed_at is null do nothing
    returning id
$$;
comment on function overmind.enqueue_installation_jobs(jsonb) is 'Enqueues jobs that belong to no organization, an array of objects; returns those that were not there yet.';
revoke all on function overmind.enqueue_installation_jobs(jsonb) from public;
grant execute on function overmind.enqueue_installation_jobs(jsonb) to service_role;
