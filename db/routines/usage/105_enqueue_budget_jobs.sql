create or replace function overmind.enqueue_budget_jobs(p_organization_id uuid, p_budget_id uuid) returns void
    language sql
    set search_path = pg_catalog, public, pg_temp
as $$
    insert into public.jobs (organization_id, user_id, kind, payload, priority, max_attempts)
    values (null, null, 'budget.move_jobs', jsonb_build_object('organization_id', p_organization_id, 'budget_id', p_budget_id), 50, 100)
$$;
comment on function overmind.enqueue_budget_jobs(uuid, uuid) is 'Lets a worker block the jobs that a budget stops, or make those due again that it no longer does.';
revoke all on function overmind.enqueue_budget_jobs(uuid, uuid) from public;
