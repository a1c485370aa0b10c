-- For triggers that run as the owner, on what the caller has just been allowed to change: memories of a message may be several members' rows.
create or replace function overmind.settle_message_memories(p_organization_id uuid, p_conversation_id uuid) returns void
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_memory  record;
    v_witness record;
begin
    for v_memory in
        select k.id, k.owner_id, k.user_id, k.visibility, k.fact_key, k.memory_type, k.content_hash, k.withdrawn, k.confirmed_by, s.why
        from public.memories k
        join public.messages m on m.organization_id = k.organization_id and m.id = k.source_message_id
        cross join lateral (select overmind.message_gone(m) as why) as s
        where k.organization_id = p_organization_id
          and k.source_conversation_id = p_conversation_id
          and k.source = 'message'
          and (k.deleted_at is null or k.withdrawn is not null)
          and k.withdrawn is distinct from s.why
        for no key update of k
    loop
        if v_memory.why is null then
            -- It comes back, unless the same was learned meanwhile.
            update public.memories k
            set deleted_at = null,
                valid_until = case when k.fact_key is null then k.valid_until else coalesce(k.valid_until, k.valid_from) end
            where k.organization_id = p_organization_id
              and k.id = v_memory.id
              and not exists (
                  select
                  from public.memories same
                  where same.organization_id = k.organization_id
                    and same.content_hash = k.content_hash
                    and same.owner_id = k.owner_id
                    and same.memory_type = k.memory_type
                    and same.user_id = k.user_id
                    and same.visibility = k.visibility
                    and same.id <> k.id
                    and same.deleted_at is null);
            if found and v_memory.fact_key is not null then
                perform overmind.order_facts(
                    p_organization_id, v_memory.owner_id, case v_memory.visibility when 'private' then v_memory.user_id end, v_memory.fact_key, v_memory.id);
            end if;
            continue;
        end if;

        if v_memory.withdrawn is null then
            -- Said elsewhere, too, it rests on that.
            select m.id, m.conversation_id, m.branch, m.created_at into v_witness
            from unnest(v_memory.confirmed_by) as c (id)
            join public.messages m on m.organization_id = p_organization_id and m.id = c.id
            where overmind.message_gone(m) is null
            order by m.created_at
            limit 1;
            if found then
                update public.memories k
                set source_message_id = v_witness.id,
                    source_conversation_id = v_witness.conversation_id,
                    source_branch = v_witness.branch,
                    confirmed_by = array_remove(k.confirmed_by, v_witness.id)
                where k.organization_id = p_organization_id
                  and k.id = v_memory.id;
                continue;
            end if;
        end if;
        update public.memories k
        set deleted_at = coalesce(k.deleted_at, clock_timestamp()),
            withdrawn = v_memory.why
        where k.organization_id = p_organization_id
          and k.id = v_memory.id;
        if v_memory.fact_key is not null then
            -- What it took the place of holds again.
            perform overmind.order_facts(
                p_organization_id, v_memory.owner_id, case v_memory.visibility when 'private' then v_memory.user_id end, v_memory.fact_key);
        end if;
    end loop;
end
$$;
comment on function overmind.settle_message_memories(uuid, uuid) is
    'Withdraws what was formed from messages of a conversation that are deleted, blocked or on a branch that was left, and brings back what stands again.';
revoke all on function overmind.settle_message_memories(uuid, uuid) from public;
