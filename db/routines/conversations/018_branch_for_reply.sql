-- Behind the conversation's row, so that of two replies to one message the second finds the first.
create or replace function overmind.branch_for_reply(p_conversation_id uuid, p_parent_message_id uuid) returns integer
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    active integer;
    parent record;
begin
    select c.active_branch into active
    from public.conversations c
    where c.organization_id = overmind.org_id()
      and c.id = p_conversation_id
      and c.deleted_at is null
    for no key update;
    select m.id, m.branch, m.seq into parent
    from public.messages m
    where m.organization_id = overmind.org_id()
      and m.id = p_parent_message_id
      and m.conversation_id = p_conversation_id
      and m.deleted_at is null;
    if not found or active is null then
        return null;
    end if;

    -- The last of the active branch, which may have none of its own yet.
    if parent.id = (select l.id from overmind.last_of_branch(overmind.org_id(), p_conversation_id, active) as l) then
        return active;
    end if;
    if not exists (
        select from public.messages m
        where m.organization_id = overmind.org_id()
          and m.conversation_id = p_conversation_id
          and m.branch = parent.branch
          and m.seq > parent.seq
          and m.deleted_at is null)
    then
        return parent.branch;
    end if;
    return overmind.fork_branch(p_conversation_id, p_parent_message_id);
end
$$;
comment on function overmind.branch_for_reply(uuid, uuid) is
    'The branch on which a message follows another: the active one, or the other''s own, where that is their last message; else a new one, which is active then. Null: there is no such message.';
revoke all on function overmind.branch_for_reply(uuid, uuid) from public;
grant execute on function overmind.branch_for_reply(uuid, uuid) to authenticated, service_role;
