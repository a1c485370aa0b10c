-- Not a delete, which only the conversation's owner and admins may. The window's own trigger sums up.
create or replace function overmind.forget_summaries(
    p_organization_id uuid, p_conversation_id uuid, p_first_seq bigint, p_last_seq bigint) returns boolean
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.context_windows w
    set after_seq = 0,
        kept_seqs = '{}',
        summary = null,
        summary_tokens = 0,
        summary_from_seq = null,
        summary_until_seq = null,
        summary_model = null
    where w.organization_id = p_organization_id
      and w.conversation_id = p_conversation_id
      and w.summary_from_seq <= p_last_seq
      and w.summary_until_seq >= p_first_seq
      and not (p_first_seq = p_last_seq and p_first_seq = any (w.kept_seqs));
    return found;
end
$$;
comment on function overmind.forget_summaries(uuid, uuid, bigint, bigint) is
    'Takes back the windows of a conversation whose summary covers messages from p_first_seq to p_last_seq: all that it replaced is in again until it is pruned anew. False: there is none.';
revoke all on function overmind.forget_summaries(uuid, uuid, bigint, bigint) from public;
grant execute on function overmind.forget_summaries(uuid, uuid, bigint, bigint) to authenticated, service_role;
