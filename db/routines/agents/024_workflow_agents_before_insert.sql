create or replace function overmind.workflow_agents_before_insert() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    select w.created_by into new.created_by
    from public.workflows w
    where w.organization_id = new.organization_id
      and w.id = new.workflow_id;
    return new;
end
$$;
comment on function overmind.workflow_agents_before_insert() is 'Trigger: whoever made a workflow decides on its agents.';

create or replace trigger workflow_agents_before_insert
    before insert on public.workflow_agents
    for each row execute function overmind.workflow_agents_before_insert();
