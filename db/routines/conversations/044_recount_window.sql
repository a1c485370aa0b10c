-- The row first, the sum in a statement of its own: what others wrote while this waited for the row is in its snapshot.
create or replace function overmind.recount_window(p_organization_id uuid, p_conversation_id uuid) returns void
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform from public.conversations c
    where c.organization_id = p_organization_id
      and c.id = p_conversation_id
    for no key update;
    if found then
        update public.conversations c
        set rolling_tokens = overmind.count_window(c.organization_id, c.id, c.active_branch)
        where c.organization_id = p_organization_id
          and c.id = p_conversation_id;
    end if;
end
$$;
comment on function overmind.recount_window(uuid, uuid) is 'Sums up the window of a conversation''s active branch anew.';
revoke all on function overmind.recount_window(uuid, uuid) from public;
grant execute on function overmind.recount_window(uuid, uuid) to authenticated, service_role;
