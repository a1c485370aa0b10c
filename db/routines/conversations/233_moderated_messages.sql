-- Definer, because a reviewer sees what moderation has found whosever it is; asks for the permission, and shows the caller's organization alone.
create or replace function overmind.moderated_messages(
    p_status text, p_cursor uuid, p_upwards boolean, p_limit integer, p_from timestamptz default null, p_before timestamptz default null)
    returns table (
        message_id uuid, conversation_id uuid, role text, content text, sender_user_id uuid, status text, flags jsonb, moderated_at timestamptz, created_at timestamptz)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
begin
    if not overmind.has_permission('moderation.review') then
        return;
    end if;
    return query
    select m.id, m.conversation_id, m.role, m.content, m.sender_user_id, m.moderation_status, m.moderation_flags, m.moderated_at, m.created_at
    from public.messages m
    join public.conversations c on c.organization_id = m.organization_id and c.id = m.conversation_id and c.deleted_at is null
    where m.organization_id = overmind.org_id()
      and m.moderation_status in ('pending', 'flagged', 'blocked')
      and (p_status is null or m.moderation_status = p_status)
      and m.deleted_at is null
      and (p_cursor is null or case when p_upwards then m.id > p_cursor else m.id < p_cursor end)
      and (p_from is null or m.created_at >= p_from)
      and (p_before is null or m.created_at < p_before)
    order by
        case when p_upwards then m.id end,
        case when not p_upwards then m.id end desc
    limit p_limit;
end
$$;
comment on function overmind.moderated_messages(text, uuid, boolean, integer, timestamptz, timestamptz) is
    'Messages of the caller''s organization that are pending, flagged or blocked, by their ids from p_cursor on, for who may review them.';
revoke all on function overmind.moderated_messages(text, uuid, boolean, integer, timestamptz, timestamptz) from public;
grant execute on function overmind.moderated_messages(text, uuid, boolean, integer, timestamptz, timestamptz) to authenticated, service_role;
