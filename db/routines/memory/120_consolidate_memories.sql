-- As the caller: what they may not change is not consolidated. All of one owner, or nothing; what was superseded, deleted or changed since it was read is left alone.
create or replace function overmind.consolidate_memories(
    p_type text, p_sources uuid[], p_keeps uuid, p_content text, p_parts jsonb, p_tokens_saved integer, p_model text default null) returns uuid
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_sources uuid[] := array(select distinct s from unnest(p_sources) as s order by s);
    v_digest  bytea := sha256(convert_to(array_to_string(v_sources, ','), 'UTF8'));
    v_first   public.memories;
    v_count   integer;
    v_id      uuid := p_keeps;
begin
    perform from public.memories m
    where m.organization_id = overmind.org_id()
      and m.id = any (v_sources)
    order by m.id
    for no key update;
    select count(*) into v_count
    from public.memories m
    where m.organization_id = overmind.org_id()
      and m.id = any (v_sources)
      and m.deleted_at is null
      and m.valid_until is null
      and not m.pinned
      and (m.expires_at is null or m.expires_at > clock_timestamp());
    select m.* into v_first
    from public.memories m
    where m.organization_id = overmind.org_id()
      and m.id = any (v_sources)
    order by m.valid_from, m.id
    limit 1;
    if v_count < 2 or v_count <> cardinality(v_sources) or p_keeps is not null and p_keeps <> all (v_sources)
        or exists (
            select
            from public.memories m
            where m.organization_id = overmind.org_id()
              and m.id = any (v_sources)
              and (m.owner_type, m.owner_id, m.user_id, m.visibility, m.memory_type) is distinct from
                  (v_first.owner_type, v_first.owner_id, v_first.user_id, v_first.visibility, v_first.memory_type))
        or exists (select from public.memory_consolidations c where c.organization_id = overmind.org_id() and c.source_digest = v_digest)
    then
        return null;
    end if;

    if p_keeps is null then
        insert into public.memories (
            user_id, visibility, owner_type, agent_id, project_id, memory_type, category, content, content_parts, importance, tags, source, related_memories, valid_from,
            created_by, last_accessed_at)
        select
            v_first.user_id, v_first.visibility, v_first.owner_type, v_first.agent_id, v_first.project_id,
            case when p_type = 'abstract' then 'semantic' else v_first.memory_type end, case when p_type = 'abstract' then 'pattern' else 'summary' end, p_content, p_parts,
            max(m.importance), '{}', 'consolidation', v_sources[:100], v_first.valid_from, null, max(m.last_accessed_at)
        from public.memories m
        where m.organization_id = overmind.org_id()
          and m.id = any (v_sources)
        on conflict do nothing
        returning id into v_id;
        if v_id is null then
            return null;
        end if;
    else
        update public.memories k
        set importance = greatest(k.importance, (select max(m.importance) from public.memories m where m.organization_id = k.organization_id and m.id = any (v_sources))),
            confirmed_at = (
                select max(coalesce(m.confirmed_at, m.valid_from)) from public.memories m where m.organization_id = k.organization_id and m.id = any (v_sources))
        where k.organization_id = overmind.org_id()
          and k.id = p_keeps;
    end if;
    update public.memories m
    set valid_until = greatest(m.valid_from, clock_timestamp()),
        superseded_by = v_id
    where m.organization_id = overmind.org_id()
      and m.id = any (v_sources)
      and m.id <> v_id;
    insert into public.memory_consolidations (user_id, agent_id, source_memories, source_digest, consolidated_memory_id, consolidation_type, tokens_saved, model)
    values (v_first.user_id, v_first.agent_id, v_sources, v_digest, v_id, p_type, greatest(0, p_tokens_saved), p_model);
    return v_id;
end
$$;
comment on function overmind.consolidate_memories(text, uuid[], uuid, text, jsonb, integer, text) is
    'Makes one of several memories of the same owner, type and visibility: the one of them that p_keeps names, else a new one of these words. They stay, superseded by it. Null, and nothing is done, where that was done before or one of them no longer holds or is pinned.';
revoke all on function overmind.consolidate_memories(text, uuid[], uuid, text, jsonb, integer, text) from public;
grant execute on function overmind.consolidate_memories(text, uuid[], uuid, text, jsonb, integer, text) to authenticated, service_role;
