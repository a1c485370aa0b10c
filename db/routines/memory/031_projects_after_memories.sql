-- Definer, because whoever may write a project that is shared adds to what its owner remembers; it writes memories of the project that the caller has just been
-- allowed to write, and takes them out of its array. What an application wrote stands word for word in metadata ("project_memory"), so that nothing of it is lost.
-- An element is a text or an object: its text is content, else text, else all of it.
create or replace function overmind.projects_after_memories() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_element    jsonb;
    v_text       text;
    v_kind       text;
    v_importance double precision;
    v_at         timestamptz;
    v_until      timestamptz;
    v_left       jsonb := '[]';
begin
    for v_element in select e from jsonb_array_elements(new.memories) as e loop
        v_text := coalesce(
            case when jsonb_typeof(v_element -> 'content') = 'string' then v_element ->> 'content' end,
            case when jsonb_typeof(v_element -> 'text') = 'string' then v_element ->> 'text' end,
            v_element #>> '{}');
        if v_text is null or btrim(v_text) = '' or length(v_text) > 32768 then
            v_left := v_left || jsonb_build_array(v_element);
            continue;
        end if;
        v_kind := left(coalesce(v_element ->> 'memory_type', v_element ->> 'type'), 100);
        v_importance := case
            when jsonb_typeof(v_element -> 'importance') = 'number' and (v_element ->> 'importance')::numeric between 0 and 1
            then (v_element ->> 'importance')::double precision
            else 0.5
        end;
        v_at := overmind.time_of(coalesce(v_element ->> 'created_at', v_element ->> 'createdAt'));
        v_until := overmind.time_of(coalesce(v_element ->> 'expires_at', v_element ->> 'expiresAt'));
        insert into public.memories (
            organization_id, user_id, owner_type, project_id, memory_type, category, content, importance, source, metadata,
            created_at, last_accessed_at, valid_from, expires_at)
        values (
            new.organization_id, new.user_id, 'project', new.id,
            case when v_kind in ('episodic', 'semantic', 'procedural', 'working') then v_kind else 'semantic' end,
            case when v_kind in ('episodic', 'semantic', 'procedural', 'working') then null else nullif(v_kind, '') end,
            v_text, v_importance, 'import', jsonb_build_object('project_memory', v_element),
            coalesce(v_at, clock_timestamp()), coalesce(v_at, clock_timestamp()), coalesce(v_at, clock_timestamp()), v_until)
        on conflict do nothing;
    end loop;
    if v_left <> new.memories then
        update public.projects p
        set memories = v_left
        where p.organization_id = new.organization_id
          and p.id = new.id;
    end if;
    return null;
end
$$;
comment on function overmind.projects_after_memories() is 'Trigger: what is written into a project''s array of memories becomes memories of the project.';
revoke all on function overmind.projects_after_memories() from public;

create or replace trigger projects_after_memories
    after insert or update of memories on public.projects
    for each row
    when (new.memories <> '[]')
    execute function overmind.projects_after_memories();
