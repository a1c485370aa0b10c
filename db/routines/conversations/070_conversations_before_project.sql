-- Reads the project as the caller does: a reference to somebody else's private one would keep it from being deleted.
create or replace function overmind.conversations_before_project() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if not exists (
        select from public.projects p
        where p.organization_id = new.organization_id
          and p.id = new.project_id)
    then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no project %s', new.project_id),
            table = 'conversations',
            constraint = 'conversations_project_fkey';
    end if;
    return new;
end
$$;
comment on function overmind.conversations_before_project() is 'Trigger: a conversation goes into a project that its author sees.';

create or replace trigger conversations_before_project
    before insert or update of project_id on public.conversations
    for each row
    when (new.project_id is not null)
    execute function overmind.conversations_before_project();
