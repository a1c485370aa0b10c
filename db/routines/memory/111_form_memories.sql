-- Definer, because memories of a conversation may be several members' rows. One transaction with the cursor: whoever comes second finds it moved and writes nothing.
create or replace function overmind.form_memories(p_conversation_id uuid, p_branches jsonb, p_memories jsonb) returns jsonb
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_organization uuid := overmind.org_id();
    v_given        jsonb;
    v_message      public.messages;
    v_target       public.memories;
    v_id           uuid;
    v_user         uuid;
    v_key          text;
    v_adopted      uuid;
    v_added        integer;
    v_updated      integer;
    v_superseded   integer;
    v_confirmed    integer;
    v_all          jsonb := '{"added": 0, "updated": 0, "superseded": 0, "confirmed": 0}';
begin
    -- The row that messages take, too: none comes between this and the look for more.
    perform
    from public.conversations c
    where c.organization_id = v_organization
      and c.id = p_conversation_id
      and c.deleted_at is null
    for no key update;
    if not found then
        return null;
    end if;
    for v_given in select b from jsonb_array_elements(p_branches) as b loop
        insert into public.memory_formings (organization_id, conversation_id, branch)
        values (v_organization, p_conversation_id, (v_given ->> 'branch')::integer)
        on conflict do nothing;
        update public.memory_formings f
        set until_seq = (v_given ->> 'until')::bigint,
            error = null,
            formed_at = clock_timestamp()
        where f.organization_id = v_organization
          and f.conversation_id = p_conversation_id
          and f.branch = (v_given ->> 'branch')::integer
          and f.until_seq = (v_given ->> 'was')::bigint;
        if not found then
            return null;
        end if;
    end loop;
    -- Two conversations of the same member are formed one after the other.
    for v_user in select distinct (m ->> 'user_id')::uuid from jsonb_array_elements(p_memories) as m order by 1 loop
        perform pg_advisory_xact_lock(hashtextextended('memory.form/' || v_organization || '/' || v_user, 0));
    end loop;

    for v_given in select m from jsonb_array_elements(p_memories) as m loop
        select m.* into v_message
        from public.messages m
        where m.organization_id = v_organization
          and m.id = (v_given ->> 'message_id')::uuid
          and m.conversation_id = p_conversation_id;
        -- What went meanwhile is not learned any more, nor what somebody has deleted that came of the same words.
        continue when not found or overmind.message_gone(v_message) is not null or exists (
            select
            from public.memories d
            where d.organization_id = v_organization
              and d.source_message_id = v_message.id
              and d.deleted_at is not null
              and d.withdrawn is null
              and (d.fact_key, d.fact_value) is not distinct from (v_given ->> 'key', v_given ->> 'value')
              and (d.fact_key is not null or d.content = v_given ->> 'content'));
        v_user := (v_given ->> 'user_id')::uuid;
        v_key := v_given ->> 'key';
        v_added := 0;
        v_updated := 0;
        v_superseded := 0;
        v_confirmed := 0;

        v_target := null;
        v_adopted := null;
        if v_given ? 'target' then
            select k.* into v_target
            from public.memories k
            where k.organization_id = v_organization
              and k.id = (v_given ->> 'target')::uuid
              and k.user_id = v_user
              and k.owner_type = 'user'
              and k.deleted_at is null
            for no key update;
        elsif v_key is not null and v_given ? 'value' then
            select k.* into v_target
            from public.memories k
            where k.organization_id = v_organization
              and k.owner_id = v_user
              and k.user_id = v_user
              and k.visibility = 'private'
              and k.fact_key = v_key
              and k.fact_value = v_given ->> 'value'
              and k.deleted_at is null
            order by k.id
            limit 1
            for no key update;
            if v_target.id is null then
                -- What somebody had written in the same words is that fact.
                update public.memories k
                set fact_key = v_key,
                    fact_value = v_given ->> 'value',
                    valid_until = k.valid_from
                where k.organization_id = v_organization
                  and k.owner_id = v_user
                  and k.user_id = v_user
                  and k.visibility = 'private'
                  and k.memory_type = v_given ->> 'memory_type'
                  and k.content_hash = overmind.memory_hash(v_given ->> 'content')
                  and k.fact_key is null
                  and k.deleted_at is null
                  and k.valid_until is null
                  and k.expires_at is null
                returning k.* into v_target;
                v_adopted := v_target.id;
            end if;
        elsif v_key is null and v_given ->> 'action' = 'add' then
            select k.* into v_target
            from public.memories k
            where k.organization_id = v_organization
              and k.owner_id = v_user
              and k.user_id = v_user
              and k.visibility = 'private'
              and k.memory_type = v_given ->> 'memory_type'
              and k.content_hash = overmind.memory_hash(v_given ->> 'content')
              and k.deleted_at is null
              and k.valid_until is null
            order by k.id
            limit 1
            for no key update;
        end if;

        if v_target.id is not null and v_given ->> 'action' in ('add', 'none') then
            if v_target.source_message_id is distinct from v_message.id and v_message.id <> all (v_target.confirmed_by) then
                update public.memories k
                set valid_from = least(k.valid_from, v_message.created_at),
                    confirmed_at = greatest(coalesce(k.confirmed_at, k.valid_from), v_message.created_at),
                    confirmed_by = (k.confirmed_by || v_message.id)[greatest(1, cardinality(k.confirmed_by) - 18):]
                where k.organization_id = v_organization
                  and k.id = v_target.id;
                v_confirmed := 1;
            end if;
            if v_target.fact_key is not null then
                v_superseded := overmind.order_facts(v_organization, v_user, v_user, v_target.fact_key, v_adopted);
            end if;
        elsif v_target.id is not null and v_given ->> 'action' = 'update' then
            begin
                perform set_config('app.change_reason', 'formed from a message', true);
                update public.memories k
                set content = v_given ->> 'content',
                    fact_value = coalesce(v_given ->> 'value', k.fact_value),
                    importance = greatest(k.importance, (v_given ->> 'importance')::double precision),
                    confirmed_at = greatest(coalesce(k.confirmed_at, k.valid_from), v_message.created_at),
                    confirmed_by = (k.confirmed_by || v_message.id)[greatest(1, cardinality(k.confirmed_by) - 18):]
                where k.organization_id = v_organization
                  and k.id = v_target.id;
                v_updated := 1;
            exception
                when unique_violation then
                    null;
            end;
        elsif v_given ->> 'action' in ('add', 'supersede') then
            if v_given ->> 'action' = 'supersede' then
                continue when v_target.id is null;
                v_key := coalesce(v_target.fact_key, 'memory:' || v_target.id);
                update public.memories k
                set fact_key = v_key
                where k.organization_id = v_organization
                  and k.id = v_target.id
                  and k.fact_key is null;
            end if;
            insert into public.memories (
                organization_id, user_id, visibility, owner_type, memory_type, category, content, content_parts, importance, tags, metadata, source, source_message_id,
                fact_key, fact_value, valid_from, valid_until, expires_at, created_by)
            values (
                v_organization, v_user, 'private', 'user', v_given ->> 'memory_type', v_given ->> 'category', v_given ->> 'content',
                case jsonb_typeof(v_given -> 'content_parts') when 'object' then v_given -> 'content_parts' end,
                (v_given ->> 'importance')::double precision, '{}', coalesce(v_given -> 'metadata', '{}'), 'message', v_message.id,
                v_key, case when v_key is not null then v_given ->> 'value' end, v_message.created_at,
                -- Ended until it is known what follows.
                case when v_key is not null then v_message.created_at end, (v_given ->> 'expires_at')::timestamptz, null)
            on conflict do nothing
            returning id into v_id;
            get diagnostics v_added = row_count;
            if v_added > 0 and v_key is not null then
                v_superseded := overmind.order_facts(v_organization, v_user, v_user, v_key, v_id);
            end if;
        end if;

        update public.memory_formings f
        set added = f.added + v_added,
            updated = f.updated + v_updated,
            superseded = f.superseded + v_superseded,
            confirmed = f.confirmed + v_confirmed
        where f.organization_id = v_organization
          and f.conversation_id = p_conversation_id
          and f.branch = v_message.branch;
        v_all := jsonb_build_object(
            'added', (v_all ->> 'added')::integer + v_added, 'updated', (v_all ->> 'updated')::integer + v_updated,
            'superseded', (v_all ->> 'superseded')::integer + v_superseded, 'confirmed', (v_all ->> 'confirmed')::integer + v_confirmed);
    end loop;
    return v_all;
end
$$;
comment on function overmind.form_memories(uuid, jsonb, jsonb) is
    'Writes what was learned from messages of a conversation, and how far they were read; null, and nothing, where somebody else has read them. p_branches: branch, was, until; p_memories: action (add, update, supersede, none), user_id, message_id, target, memory_type, category, content, content_parts, importance, key, value, expires_at.';
revoke all on function overmind.form_memories(uuid, jsonb, jsonb) from public;
grant execute on function overmind.form_memories(uuid, jsonb, jsonb) to service_role;
