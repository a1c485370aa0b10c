create or replace function overmind.sessions_look_again() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_notify('session_changed', '');
    return null;
end
$$;
comment on function overmind.sessions_look_again() is 'Trigger: every node looks again who signed-in callers are.';

create or replace trigger sessions_look_again
    after update of role, permissions, left_at on public.organization_members
    for each row
    when (old.role <> new.role or old.permissions <> new.permissions or old.left_at is distinct from new.left_at)
    execute function overmind.sessions_look_again();

create or replace trigger sessions_look_again
    after update of status, deleted_at on public.organizations
    for each row
    when (old.status <> new.status or old.deleted_at is distinct from new.deleted_at)
    execute function overmind.sessions_look_again();

create or replace trigger sessions_look_again
    after update of deleted_at on public.users
    for each row
    when (old.deleted_at is distinct from new.deleted_at)
    execute function overmind.sessions_look_again();

create or replace trigger sessions_look_again
    after update of revoked_at on public.sessions
    for each statement execute function overmind.sessions_look_again();
