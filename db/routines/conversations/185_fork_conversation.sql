-- What the caller sees of the branch, as they would see it: what is deleted or blocked stays out, and so does what an answer cost, which is counted where it was made.
-- Triggers number, count and sign the copies as they do all messages: what others said is the caller's in their copy, unless an admin makes it.
-- Nothing leaves the window while it is filled: it is pruned by the next message, where it is to be.
create or replace function overmind.fork_conversation(
    p_conversation_id uuid, p_message_id uuid, p_fork_id uuid, p_title text default null, p_visibility text default 'private') returns integer
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    source public.conversations;
    fork   record;
    copied integer;
begin
    select c.* into source
    from public.conversations c
    where c.organization_id = overmind.org_id()
      and c.id = p_conversation_id
      and c.deleted_at is null;
    select m.branch, m.seq into fork
    from public.messages m
    where m.organization_id = overmind.org_id()
      and m.id = p_message_id
      and m.conversation_id = source.id
      and m.deleted_at is null;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no message %s in this conversation', p_message_id),
            table = 'messages',
            constraint = 'messages_parent_fkey';
    end if;

    insert into public.conversations (
        id, title, visibility, project_id, tags, folder, metadata, workflow_id, quality_threshold, max_n2_iterations, cost_cap_usd, model_provider, model_name,
        max_context_tokens, prune_strategy, prune_margin_ratio, forked_from_conversation_id, forked_from_message_id)
    values (
        p_fork_id, coalesce(p_title, source.title), p_visibility,
        (select p.id from public.projects p where p.organization_id = source.organization_id and p.id = source.project_id),
        source.tags, source.folder, source.metadata, source.workflow_id, source.quality_threshold, source.max_n2_iterations, source.cost_cap_usd,
        source.model_provider, source.model_name, source.max_context_tokens, source.prune_strategy, source.prune_margin_ratio, source.id, p_message_id)
    on conflict do nothing;
    if not found then
        return 0;
    end if;

    -- What they show stays attached to the other conversation, which they go on naming (messages_after_attaching).
    perform set_config('app.importing', 'on', true);
    insert into public.messages (
        conversation_id, sender_user_id, sender_agent_id, role, content, content_parts, channel_id, version, model_used, quality_score, n2_iterations,
        tokens_used, window_tokens, metadata, context, tools, memory_refs, pinned, moderation_status, moderation_flags, moderated_at, created_at)
    select
        p_fork_id, case when overmind.org_role() = 'admin' or m.sender_user_id = overmind.user_id() then m.sender_user_id end, m.sender_agent_id,
        m.role, m.content, m.content_parts, m.channel_id, m.version, m.model_used, m.quality_score, m.n2_iterations,
        -- What a client said that a message takes: the only word of its size there is.
        case when m.window_tokens is null and m.run_id is null and m.version_number = 1 then m.tokens_used end,
        m.window_tokens, m.metadata, m.context, m.tools, m.memory_refs, m.pinned, m.moderation_status, m.moderation_flags, m.moderated_at, m.created_at
    from overmind.branch_segments(source.organization_id, source.id, fork.branch, fork.seq) as s
    join public.messages m
        on m.organization_id = source.organization_id
        and m.conversation_id = source.id
        and m.branch = s.branch
        and m.seq > s.after_seq
        and m.seq <= s.until_seq
    where m.deleted_at is null
      and m.moderation_status is distinct from 'blocked'
    order by m.seq;
    get diagnostics copied = row_count;
    perform set_config('app.importing', '', true);

    if source.auto_prune then
        update public.conversations c
        set auto_prune = true
        where c.organization_id = source.organization_id
          and c.id = p_fork_id;
    end if;
    return copied;
end
$$;
comment on function overmind.fork_conversation(uuid, uuid, uuid, text, text) is
    'Makes a conversation of the caller''s own that begins with a branch of another, up to and including a message; returns how many messages it has. 0: one of this id is there.';
revoke all on function overmind.fork_conversation(uuid, uuid, uuid, text, text) from public;
grant execute on function overmind.fork_conversation(uuid, uuid, uuid, text, text) to authenticated, service_role;
