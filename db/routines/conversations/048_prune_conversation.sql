create or replace function public.prune_conversation(p_conversation_id uuid, p_target_tokens bigint default null) returns integer
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    chat   public.conversations;
    target bigint := p_target_tokens;
    plan   record;
begin
    if target < 0 then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('A window is pruned to 0 tokens or more, not to %s', target);
    end if;
    select c.* into chat
    from public.conversations c
    where c.organization_id = overmind.org_id()
      and c.id = p_conversation_id
      and c.deleted_at is null
    for no key update;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no conversation %s', p_conversation_id);
    end if;
    target := coalesce(target, floor(0.75 * chat.prune_margin_ratio * overmind.context_size(p_conversation_id))::bigint);
    if chat.rolling_tokens <= target then
        return 0;
    end if;

    if chat.prune_strategy in ('summarize', 'hybrid') then
        insert into public.jobs (kind, payload, unique_key)
        values (
            'conversation.summarize',
            jsonb_build_object(
                'conversation_id', chat.id, 'branch', chat.active_branch, 'target_tokens', target,
                'user_id', coalesce(overmind.user_id(), chat.user_id), 'role', coalesce(overmind.org_role(), 'user')),
            chat.id || ':' || chat.active_branch)
        on conflict (organization_id, kind, unique_key) where unique_key is not null and completed_at is null do nothing;
        return 0;
    end if;

    select p.* into plan
    from overmind.plan_pruning(chat.id, chat.active_branch, chat.rolling_tokens - target, chat.prune_strategy) as p;
    if not found then
        return 0;
    end if;
    insert into public.context_windows (conversation_id, branch, after_seq, kept_seqs, strategy)
    values (chat.id, chat.active_branch, plan.after_seq, plan.kept_seqs, chat.prune_strategy)
    on conflict (organization_id, conversation_id, branch) do update
    set after_seq = excluded.after_seq,
        kept_seqs = excluded.kept_seqs,
        strategy = excluded.strategy,
        pruned_at = excluded.pruned_at;
    return cardinality(plan.left_ids);
end
$$;
comment on function public.prune_conversation(uuid, bigint) is
    'Lets messages leave the window of the active branch until it has at most p_target_tokens (default: three quarters of its margin), and returns how many left. Where they are summarized, 0: a job does it, and the window is as before until it has.';
revoke all on function public.prune_conversation(uuid, bigint) from public;
grant execute on function public.prune_conversation(uuid, bigint) to authenticated, service_role;
