-- What leaves goes in units, so that a call of tools stays with its results: a message with the results that follow it, or a whole exchange, from one question
-- to the next (sliding_window). The newest unit always stays. Units leave the oldest first; of hybrid, the least important first.
create or replace function overmind.plan_pruning(
    p_conversation_id uuid,
    p_branch          integer,
    p_free_tokens     bigint,
    p_strategy        text) returns table (after_seq bigint, kept_seqs bigint[], left_ids uuid[], left_tokens bigint)
    language sql stable
    set search_path = pg_catalog, public, pg_temp
as $$
    with held as (
        select
            w.id, w.seq, w.pinned, w.tokens, m.role, m.quality_score,
            count(*) filter (where w.role <> 'tool') over (order by w.seq) as call,
            count(*) filter (where case when p_strategy = 'sliding_window' then w.role = 'user' else w.role <> 'tool' end) over (order by w.seq) as unit,
            (
                select count(*)
                from public.messages r
                where r.organization_id = m.organization_id
                  and r.parent_message_id = m.id
                  and p_strategy = 'hybrid') as replies
        from overmind.window_messages(overmind.org_id(), p_conversation_id, p_branch) as w
        join public.messages m on m.organization_id = overmind.org_id() and m.id = w.id
        where w.role <> 'system'
    ), together as (
        select h.*, bool_or(h.pinned) over (partition by h.call) as stays
        from held h
    ), weighed as (
        select
            t.unit,
            sum(t.tokens) filter (where not t.stays) as tokens,
            t.unit = max(t.unit) over () as newest,
            case when p_strategy = 'hybrid' then
                2.0 * percent_rank() over (order by t.unit)
                + max(case t.role when 'user' then 1.0 when 'assistant' then 0.5 else 0 end)
                + least(1, greatest(0, max(t.replies) - 1))
                + coalesce(max(t.quality_score) / 10, 0)
                - least(1.0, sum(t.tokens) / greatest(1, 4 * avg(sum(t.tokens)) over ()))
            end as importance
        from together t
        group by t.unit
    ), placed as (
        select
            w.unit,
            sum(coalesce(w.tokens, 0)) over (order by w.importance, w.unit) - coalesce(w.tokens, 0) as freed_before
        from weighed w
        where not w.newest
    ), leaving as (
        select t.id, t.seq, t.tokens
        from placed p
        join together t on t.unit = p.unit
        where p.freed_before < p_free_tokens
          and not t.stays
    ), boundary as (
        select
            greatest(
                max(l.seq),
                (
                    select x.after_seq
                    from public.context_windows x
                    where x.organization_id = overmind.org_id()
                      and x.conversation_id = p_conversation_id
                      and x.branch = p_branch)) as seq,
            array_agg(l.id order by l.seq) as ids,
            sum(l.tokens) as tokens
        from leaving l
    )
    select
        b.seq,
        coalesce((
            select array_agg(t.seq order by t.seq)
            from together t
            where t.seq <= b.seq
              and not t.pinned
              and t.id <> all (b.ids)), '{}'),
        b.ids,
        b.tokens
    from boundary b
    where b.ids is not null
$$;
comment on function overmind.plan_pruning(uuid, integer, bigint, text) is
    'Which messages leave a branch''s window to free so many tokens, and how it stands then; no row: none can leave.';
revoke all on function overmind.plan_pruning(uuid, integer, bigint, text) from public;
grant execute on function overmind.plan_pruning(uuid, integer, bigint, text) to authenticated, service_role;
