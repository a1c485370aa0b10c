-- Definer, because versions of messages are nobody's to write: a whole conversation comes in with them, and becomes the caller's own. What is said of whose it is
-- counts for nothing, nor what moderation found elsewhere; references lead to what is there in the organization, or nowhere. Sessions do not come along.
-- Attachments were stored before, as the caller's own, and are taken by the messages; what is named and not there stays named.
-- Triggers number messages and branches, which come in the order they had; where some had gone for good, the numbers close up, and so does where branches fork.
create or replace function overmind.import_conversation(p_conversation jsonb, p_branches jsonb, p_messages jsonb, p_versions jsonb) returns integer
    language plpgsql
    strict
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    tenant  uuid := overmind.org_id();
    person  uuid := overmind.user_id();
    given   public.conversations := jsonb_populate_record(null::public.conversations, p_conversation);
    written integer;
begin
    if tenant is null or person is null or overmind.org_role() is distinct from 'admin' and overmind.org_role() is distinct from 'user' then
        raise exception using errcode = 'insufficient_privilege', message = 'Who may write imports conversations';
    end if;

    insert into public.conversations (
        organization_id, id, user_id, visibility, project_id, title, workflow_id, quality_threshold, max_n2_iterations, cost_cap_usd, model_provider, model_name,
        max_context_tokens, auto_prune, prune_strategy, prune_margin_ratio, approve_from_iteration, approve_above_usd, status, is_archived, tags, folder, metadata,
        forked_from_conversation_id, forked_from_message_id, created_at)
    values (
        tenant, given.id, person, coalesce(given.visibility, 'private'),
        (select p.id from public.projects p where p.organization_id = tenant and p.id = given.project_id),
        coalesce(given.title, 'New Conversation'),
        (select w.id from public.workflows w where w.organization_id = tenant and w.id = given.workflow_id),
        given.quality_threshold, given.max_n2_iterations, given.cost_cap_usd, given.model_provider, given.model_name, given.max_context_tokens,
        coalesce(given.auto_prune, false), coalesce(given.prune_strategy, 'fifo'), coalesce(given.prune_margin_ratio, 0.9),
        given.approve_from_iteration, given.approve_above_usd, 'active', false, coalesce(given.tags, '{}'), given.folder, coalesce(given.metadata, '{}'),
        given.forked_from_conversation_id, given.forked_from_message_id, coalesce(given.created_at, clock_timestamp()))
    on conflict do nothing;
    if not found then
        return null;
    end if;

    perform set_config('app.importing', 'on', true);

    with places as materialized (
        select (e.value ->> 'seq')::bigint as seq
        from jsonb_array_elements(p_messages) as e
    ), numbers as materialized (
        select (e.value ->> 'number')::integer as number
        from jsonb_array_elements(p_branches) as e
    )
    insert into public.conversation_branches (organization_id, id, conversation_id, parent_number, forked_after_seq, name, reason, created_by, created_at)
    select
        tenant, coalesce(b.id, overmind.uuid_v7()), given.id,
        (select count(*) from numbers n where n.number <= b.parent_number),
        (select count(*) from places p where p.seq <= b.forked_after_seq),
        b.name, coalesce(b.reason, 'fork'), person, coalesce(b.created_at, clock_timestamp())
    from jsonb_populate_recordset(null::public.conversation_branches, p_branches) as b
    order by b.number;

    with places as materialized (
        select (e.value ->> 'id')::uuid as id, (e.value ->> 'seq')::bigint as seq
        from jsonb_array_elements(p_messages) as e
    ), numbers as materialized (
        select (e.value ->> 'number')::integer as number
        from jsonb_array_elements(p_branches) as e
    )
    insert into public.messages (
        organization_id, id, conversation_id, branch, parent_message_id, channel_id, run_id, sender_user_id, sender_agent_id, role, content, content_parts, version, edited,
        edited_at, model_used, quality_score, n2_iterations, tokens_used, window_tokens, latency_ms, metadata, context, tools, memory_refs, state_snapshot_id, audit,
        version_number, changed_by, change_reason, pinned, created_at, deleted_at)
    select
        tenant, m.id, given.id,
        (select count(*) from numbers n where n.number <= m.branch),
        p.id, m.channel_id, m.run_id,
        (select o.user_id from public.organization_members o
         where o.organization_id = tenant and o.user_id = m.sender_user_id and (o.user_id = person or overmind.org_role() = 'admin')),
        m.sender_agent_id, m.role, m.content, m.content_parts, coalesce(m.version, '1.0.0'), coalesce(m.edited, false), m.edited_at, m.model_used, m.quality_score, m.n2_iterations,
        m.tokens_used, m.window_tokens, m.latency_ms, coalesce(m.metadata, '{}'), coalesce(m.context, '{}'), m.tools, m.memory_refs, m.state_snapshot_id, m.audit,
        coalesce(m.version_number, 1), m.changed_by, m.change_reason, coalesce(m.pinned, false), coalesce(m.created_at, given.created_at, clock_timestamp()), m.deleted_at
    from jsonb_populate_recordset(null::public.messages, p_messages) as m
    left join places p on p.id = m.parent_message_id and p.seq < m.seq
    order by m.seq;
    get diagnostics written = row_count;

    insert into public.message_versions (
        organization_id, id, message_id, version_number, user_id, visibility, content, content_parts, metadata, changed_by, change_reason, created_at)
    select
        tenant, coalesce(v.id, overmind.uuid_v7()), v.message_id, v.version_number, person, coalesce(given.visibility, 'private'), v.content, v.content_parts,
        coalesce(v.metadata, '{}'), v.changed_by, v.change_reason, coalesce(v.created_at, clock_timestamp())
    from jsonb_populate_recordset(null::public.message_versions, p_versions) as v
    where exists (select from public.messages m where m.organization_id = tenant and m.id = v.message_id and m.conversation_id = given.id);

    perform set_config('app.importing', '', true);

    -- After its messages, each of which said that something had just happened.
    update public.conversations c
    set last_activity_at = coalesce(given.last_activity_at, given.created_at, c.last_activity_at),
        active_branch = (select count(*) from jsonb_array_elements(p_branches) as b where (b.value ->> 'number')::integer <= coalesce(given.active_branch, 0)),
        status = case when given.status = 'archived' then 'archived' else c.status end
    where c.organization_id = tenant and c.id = given.id;
    return written;
end
$$;
comment on function overmind.import_conversation(jsonb, jsonb, jsonb, jsonb) is
    'Writes a whole conversation as rows of its tables say, as the caller''s own, with its ids and times; returns how many messages it has. Null: one of this id is there, and nothing is written.';
revoke all on function overmind.import_conversation(jsonb, jsonb, jsonb, jsonb) from public;
grant execute on function overmind.import_conversation(jsonb, jsonb, jsonb, jsonb) to authenticated, service_role;
