-- Definer, because the table is private. Only what the caller sees counts.
create or replace function overmind.count_memory_uses(p_ids uuid[]) returns void
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    insert into overmind.memory_accesses (organization_id, memory_id)
    select m.organization_id, m.id
    from public.memories m
    where m.organization_id = overmind.org_id()
      and m.id = any (p_ids)
      and (m.user_id = overmind.user_id() or m.visibility = 'organization' or overmind.org_role() = 'admin')
$$;
comment on function overmind.count_memory_uses(uuid[]) is 'Says that memories of the caller''s organization that the caller sees were used; they are counted within a minute.';
revoke all on function overmind.count_memory_uses(uuid[]) from public;
grant execute on function overmind.count_memory_uses(uuid[]) to authenticated, service_role;
