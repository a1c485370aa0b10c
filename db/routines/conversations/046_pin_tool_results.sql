create or replace function overmind.pin_tool_results(p_message public.messages) returns void
    language sql
    set search_path = pg_catalog, public, pg_temp
as $$
    with beginning as (
        select coalesce(max(m.seq), 0) as seq
        from public.messages m
        where m.organization_id = p_message.organization_id
          and m.conversation_id = p_message.conversation_id
          and m.branch = p_message.branch
          and m.seq <= p_message.seq
          and m.role <> 'tool'
          and m.deleted_at is null
    ), ending as (
        select coalesce(min(m.seq), 9223372036854775807) as seq
        from public.messages m
        where m.organization_id = p_message.organization_id
          and m.conversation_id = p_message.conversation_id
          and m.branch = p_message.branch
          and m.seq > p_message.seq
          and m.role <> 'tool'
          and m.deleted_at is null
    )
    update public.messages m
    set pinned = p_message.pinned
    from beginning, ending
    where m.organization_id = p_message.organization_id
      and m.conversation_id = p_message.conversation_id
      and m.branch = p_message.branch
      and m.seq >= beginning.seq
      and m.seq < ending.seq
      and m.pinned <> p_message.pinned
      and m.deleted_at is null
$$;
comment on function overmind.pin_tool_results(public.messages) is 'A call of tools and its results, which follow it, are pinned and unpinned together.';
revoke all on function overmind.pin_tool_results(public.messages) from public;
grant execute on function overmind.pin_tool_results(public.messages) to authenticated, service_role;
