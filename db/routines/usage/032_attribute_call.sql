-- A call of a run is its run's; what the writer says itself stays.
create or replace function overmind.attribute_call() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    found record;
begin
    if new.run_id is not null then
        select w.key, r.api_key_id, r.trace_id, r.is_scheduled into found
        from public.workflow_runs r
        left join public.workflows w on w.organization_id = r.organization_id and w.id = r.workflow_id
        where r.organization_id = new.organization_id and r.id = new.run_id;
        new.workflow_key := coalesce(new.workflow_key, found.key);
        new.api_key_id := coalesce(new.api_key_id, found.api_key_id);
        new.trace_id := coalesce(new.trace_id, found.trace_id);
        new.is_scheduled := new.is_scheduled or coalesce(found.is_scheduled, false);
    end if;
    if new.project_id is null and new.conversation_id is not null then
        new.project_id := (
            select c.project_id
            from public.conversations c
            where c.organization_id = new.organization_id and c.id = new.conversation_id);
    end if;
    return new;
end
$$;
comment on function overmind.attribute_call() is
    'Trigger: a call belongs to the project that its conversation is in when it is made, and one of a run to its workflow and to the API key and the request that asked for it.';
create or replace trigger before_insert before insert on public.token_usage
    for each row when (new.run_id is not null or new.conversation_id is not null) execute function overmind.attribute_call();
