create or replace function overmind.agent_memory_write() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    types constant text[] := '{episodic,semantic,procedural,working}';
begin
    if tg_op = 'DELETE' then
        update public.memories m
        set deleted_at = clock_timestamp()
        where m.organization_id = old.organization_id
          and m.id = old.id;
        return old;
    end if;
    if tg_op = 'INSERT' then
        new.memory_type := coalesce(new.memory_type, 'preference');
        insert into public.memories (
            organization_id, id, owner_type, project_id, memory_type, category, content, importance, created_at, expires_at)
        values (
            coalesce(new.organization_id, overmind.org_id()), coalesce(new.id, overmind.uuid_v7()), 'project', new.project_id,
            case when new.memory_type = any (types) then new.memory_type else 'semantic' end,
            case when new.memory_type <> all (types) then new.memory_type end,
            new.content, coalesce(new.importance, 0.5), coalesce(new.created_at, clock_timestamp()), new.expires_at)
        returning id, organization_id, importance, created_at
        into new.id, new.organization_id, new.importance, new.created_at;
    else
        update public.memories m
        set content = new.content,
            category = case when new.memory_type is distinct from old.memory_type then new.memory_type else m.category end,
            importance = new.importance,
            expires_at = new.expires_at
        where m.organization_id = old.organization_id
          and m.id = old.id;
    end if;
    return new;
end
$$;
comment on function overmind.agent_memory_write() is 'Trigger: writes memories through the view.';

create or replace trigger agent_memory_write
    instead of insert or update or delete on public.agent_memory
    for each row execute function overmind.agent_memory_write();
