-- Behind the conversation's row: what is written is the summary of exactly what leaves, or nothing is.
create or replace function overmind.summarize_window(
    p_conversation_id uuid,
    p_branch          integer,
    p_pruned_at       timestamptz,
    p_after_seq       bigint,
    p_kept_seqs       bigint[],
    p_left_ids        uuid[],
    p_left_digest     text,
    p_summary         text,
    p_summary_tokens  integer,
    p_summary_model   text,
    p_strategy        text) returns boolean
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    known record;
    first bigint;
begin
    perform from public.conversations c
    where c.organization_id = overmind.org_id()
      and c.id = p_conversation_id
      and c.deleted_at is null
    for no key update;
    if not found then
        return false;
    end if;
    select w.pruned_at, w.summary_from_seq into known
    from public.context_windows w
    where w.organization_id = overmind.org_id()
      and w.conversation_id = p_conversation_id
      and w.branch = p_branch;
    if known.pruned_at is distinct from p_pruned_at
        or overmind.digest_messages(p_conversation_id, p_left_ids) is distinct from p_left_digest
    then
        return false;
    end if;
    select min(m.seq) into first
    from public.messages m
    where m.organization_id = overmind.org_id()
      and m.id = any (p_left_ids);

    insert into public.context_windows (
        conversation_id, branch, after_seq, kept_seqs, summary, summary_tokens, summary_from_seq, summary_until_seq, summary_model, strategy)
    values (
        p_conversation_id, p_branch, p_after_seq, p_kept_seqs, p_summary, p_summary_tokens, least(first, known.summary_from_seq), p_after_seq,
        p_summary_model, p_strategy)
    on conflict (organization_id, conversation_id, branch) do update
    set after_seq = excluded.after_seq,
        kept_seqs = excluded.kept_seqs,
        summary = excluded.summary,
        summary_tokens = excluded.summary_tokens,
        summary_from_seq = excluded.summary_from_seq,
        summary_until_seq = excluded.summary_until_seq,
        summary_model = excluded.summary_model,
        strategy = excluded.strategy,
        pruned_at = excluded.pruned_at;
    return true;
end
$$;
comment on function overmind.summarize_window(uuid, integer, timestamptz, bigint, bigint[], uuid[], text, text, integer, text, text) is
    'Replaces messages of a window by their summary, in one statement; false, and nothing has changed, where the window or one of them is another by now.';
revoke all on function overmind.summarize_window(uuid, integer, timestamptz, bigint, bigint[], uuid[], text, text, integer, text, text) from public;
grant execute on function overmind.summarize_window(uuid, integer, timestamptz, bigint, bigint[], uuid[], text, text, integer, text, text) to authenticated, service_role;
