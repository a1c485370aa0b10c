-- Definer for the versions alone, which nobody writes by hand; by itself it sees to it that what comes in is the caller's. Agent, project and message are kept where the
-- caller sees them here; else it is the caller's own memory, and comes from an import. The row says itself when it was made and used.
create or replace function overmind.import_memory(p_row jsonb, p_versions jsonb) returns boolean
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    org       constant uuid := overmind.org_id();
    me        constant uuid := overmind.user_id();
    is_admin  constant boolean := coalesce(overmind.org_role() = 'admin', false);
    v_row     public.memories := jsonb_populate_record(null::public.memories, p_row);
    v_message public.messages;
begin
    if org is null or me is null or overmind.org_role() = 'viewer' then
        raise exception using errcode = 'insufficient_privilege', message = 'A memory is imported by a member who may write.';
    end if;
    if exists (select from public.memories m where m.organization_id = org and m.id = v_row.id) then
        return false;
    end if;
    v_row.organization_id := org;
    v_row.user_id := me;
    v_row.created_by := me;
    v_row.owner_type := coalesce(v_row.owner_type, 'user');
    if v_row.owner_type = 'agent' and not exists (select from public.agent_configurations a where a.organization_id = org and a.id = v_row.agent_id)
        or v_row.owner_type = 'project' and not exists (
            select from public.projects p
            where p.organization_id = org and p.id = v_row.project_id and (is_admin or p.user_id = me or p.visibility = 'organization'))
    then
        v_row.owner_type := 'user';
    end if;
    v_row.agent_id := case when v_row.owner_type = 'agent' then v_row.agent_id end;
    v_row.project_id := case when v_row.owner_type = 'project' then v_row.project_id end;
    select m.* into v_message
    from public.messages m
    where m.organization_id = org
      and m.id = v_row.source_message_id
      and (is_admin or m.user_id = me or m.visibility = 'organization');
    v_row.source_message_id := v_message.id;
    v_row.source_conversation_id := v_message.conversation_id;
    v_row.source := case when v_row.source = 'message' and v_message.id is null then 'import' else coalesce(v_row.source, 'import') end;
    v_row.datastore_id := (
        select d.id from public.datastores d where d.organization_id = org and d.id = v_row.datastore_id and (is_admin or d.user_id = me or d.visibility = 'organization'));
    v_row.superseded_by := (select m.id from public.memories m where m.organization_id = org and m.id = v_row.superseded_by and m.user_id = me);
    -- Of one thing one fact holds: where another one holds here, what comes in contradicts nothing until something is said again.
    if v_row.valid_until is null and v_row.deleted_at is null and exists (
        select
        from public.memories f
        where f.organization_id = org
          and f.user_id = me
          and f.fact_key = v_row.fact_key
          and f.deleted_at is null
          and f.valid_until is null)
    then
        v_row.fact_key := null;
    end if;
    insert into public.memories (
        id, user_id, visibility, owner_type, agent_id, project_id, memory_type, category, content, content_parts, tags, metadata, importance, decay_rate, pinned,
        access_count, last_accessed_at, expires_at, valid_from, valid_until, superseded_by, related_memories, source, source_message_id, embedding,
        embedding_model_provider, embedding_model_name, version_number, changed_by, changed_at, change_reason, created_by, created_at, deleted_at, datastore_id,
        fact_key, fact_value, confirmed_at)
    values (
        coalesce(v_row.id, overmind.uuid_v7()), me, coalesce(v_row.visibility, 'private'), v_row.owner_type, v_row.agent_id, v_row.project_id, v_row.memory_type, v_row.category,
        v_row.content, v_row.content_parts, coalesce(v_row.tags, '{}'), coalesce(v_row.metadata, '{}'), coalesce(v_row.importance, 0.5), coalesce(v_row.decay_rate, 0.1),
        coalesce(v_row.pinned, false), coalesce(v_row.access_count, 0), coalesce(v_row.last_accessed_at, clock_timestamp()), v_row.expires_at,
        coalesce(v_row.valid_from, clock_timestamp()), v_row.valid_until, v_row.superseded_by, coalesce(v_row.related_memories, '{}'), v_row.source, v_row.source_message_id,
        v_row.embedding, v_row.embedding_model_provider, v_row.embedding_model_name, coalesce(v_row.version_number, 1),
        (select m.user_id from public.organization_members m where m.organization_id = org and m.user_id = v_row.changed_by), v_row.changed_at, v_row.change_reason, me,
        coalesce(v_row.created_at, clock_timestamp()), v_row.deleted_at, v_row.datastore_id, v_row.fact_key,
        case when v_row.fact_key is not null then v_row.fact_value end, v_row.confirmed_at)
    on conflict do nothing;
    if not found then
        return false;
    end if;
    insert into public.memory_versions (
        organization_id, memory_id, version_number, user_id, visibility, content, content_parts, category, tags, metadata, changed_by, change_reason, created_at)
    select
        org, m.id, v.version_number, me, m.visibility, v.content, v.content_parts, v.category, coalesce(v.tags, '{}'), coalesce(v.metadata, '{}'),
        (select o.user_id from public.organization_members o where o.organization_id = org and o.user_id = v.changed_by), v.change_reason,
        coalesce(v.created_at, m.created_at)
    from jsonb_populate_recordset(null::public.memory_versions, p_versions) as v
    join public.memories m on m.organization_id = org and m.id = v_row.id
    where v.version_number < m.version_number;
    return true;
end
$$;
comment on function overmind.import_memory(jsonb, jsonb) is
    'Writes a memory as an export has it, with its earlier versions, as the caller''s; false when it is there already, or the same is remembered.';
revoke all on function overmind.import_memory(jsonb, jsonb) from public;
grant execute on function overmind.import_memory(jsonb, jsonb) to authenticated, service_role;
