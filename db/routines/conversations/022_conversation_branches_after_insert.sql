create or replace function overmind.conversation_branches_after_insert() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into public.context_windows (
        organization_id, conversation_id, branch, after_seq, kept_seqs, summary, summary_tokens, summary_from_seq, summary_until_seq, summary_model,
        strategy, pruned_at)
    select
        w.organization_id, w.conversation_id, new.number, w.after_seq, w.kept_seqs, w.summary, w.summary_tokens, w.summary_from_seq,
        w.summary_until_seq, w.summary_model, w.strategy, w.pruned_at
    from public.context_windows w
    where w.organization_id = new.organization_id
      and w.conversation_id = new.conversation_id
      and w.branch = new.parent_number
      and w.after_seq <= new.forked_after_seq;
    return null;
end
$$;
comment on function overmind.conversation_branches_after_insert() is
    'Trigger: a branch begins with its parent''s window where that lies before the fork; else with all that it shares, so that no summary tells of what the branch has not.';

create or replace trigger conversation_branches_after_insert
    after insert on public.conversation_branches
    for each row execute function overmind.conversation_branches_after_insert();
