-- A branch leaves the one that its message stands on, so that a path has no piece without messages. Before a message means after the one it follows:
-- a question that is put otherwise for the third time stands beside the second, not below it.
create or replace function overmind.fork_branch(
    p_conversation_id uuid,
    p_message_id      uuid,
    p_reason          text    default 'fork',
    p_before          boolean default false) returns integer
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    fork record;
    made integer;
begin
    perform from public.conversations c
    where c.organization_id = overmind.org_id()
      and c.id = p_conversation_id
      and c.deleted_at is null
    for no key update;

    select m.branch, m.seq into fork
    from public.messages m
    where m.organization_id = overmind.org_id()
      and m.id = p_message_id
      and m.conversation_id = p_conversation_id
      and m.deleted_at is null;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no message %s in this conversation', p_message_id),
            table = 'messages',
            constraint = 'messages_parent_fkey';
    end if;

    if p_before then
        select l.branch, l.seq into fork
        from overmind.last_of_branch(overmind.org_id(), p_conversation_id, fork.branch, fork.seq - 1) as l;
    end if;

    insert into public.conversation_branches (conversation_id, parent_number, forked_after_seq, reason)
    values (p_conversation_id, coalesce(fork.branch, 0), coalesce(fork.seq, 0), p_reason)
    returning number into made;

    update public.conversations c
    set active_branch = made
    where c.organization_id = overmind.org_id()
      and c.id = p_conversation_id;
    return made;
end
$$;
comment on function overmind.fork_branch(uuid, uuid, text, boolean) is
    'Makes a branch after a message, or before it, and makes it the active one; returns its number.';
revoke all on function overmind.fork_branch(uuid, uuid, text, boolean) from public;
grant execute on function overmind.fork_branch(uuid, uuid, text, boolean) to authenticated, service_role;
