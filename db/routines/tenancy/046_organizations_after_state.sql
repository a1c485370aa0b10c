create or replace function overmind.organizations_after_state() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_notify('api_key_changed', new.id::text);
    perform pg_notify('job_available', '');
    perform pg_notify('schedule_changed', '');
    return null;
end
$$;
comment on function overmind.organizations_after_state() is 'Trigger: every node looks up the organization''s keys anew, and work that waited for it goes on.';

create or replace trigger organizations_after_state
    after update of status, deleted_at on public.organizations
    for each row
    when (old.status <> new.status or old.deleted_at is distinct from new.deleted_at)
    execute function overmind.organizations_after_state();
