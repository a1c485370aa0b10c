-- Definer, because endpoints are the admins'. That a webhook's own job failed is not told by webhooks.
create or replace function overmind.jobs_after_failed() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform overmind.send_webhooks(new.organization_id, 'job.failed', jsonb_build_object(
        'id', new.id, 'object', 'job', 'kind', new.kind, 'status', new.status, 'attempt_count', new.attempt_count,
        'last_error', left(new.last_error, 1000), 'created_at', new.created_at, 'completed_at', new.completed_at));
    return null;
end
$$;
comment on function overmind.jobs_after_failed() is 'Trigger: a job that is given up is an event.';
revoke all on function overmind.jobs_after_failed() from public;

create or replace trigger jobs_after_failed
    after update of status on public.jobs
    for each row
    when (new.status = 'failed' and old.status <> 'failed' and new.organization_id is not null and new.kind <> 'webhook.deliver')
    execute function overmind.jobs_after_failed();
