create or replace function overmind.name_project() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    new.project_id := (
        select c.project_id
        from public.conversations c
        where c.organization_id = new.organization_id and c.id = new.conversation_id);
    return new;
end
$$;
comment on function overmind.name_project() is 'Trigger: a call belongs to the project that its conversation is in when it is made.';
create or replace trigger before_insert before insert on public.token_usage
    for each row when (new.conversation_id is not null and new.project_id is null) execute function overmind.name_project();
