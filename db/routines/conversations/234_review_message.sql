-- Definer as moderated_messages. Records the act in the same transaction.
create or replace function overmind.review_message(p_id uuid, p_status text, p_flag jsonb)
    returns table (
        message_id uuid, conversation_id uuid, role text, content text, sender_user_id uuid, status text, flags jsonb, moderated_at timestamptz, created_at timestamptz)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    before text;
begin
    if not overmind.has_permission('moderation.review') or p_status not in ('approved', 'blocked') then
        return;
    end if;
    select m.moderation_status into before
    from public.messages m
    join public.conversations c on c.organization_id = m.organization_id and c.id = m.conversation_id and c.deleted_at is null
    where m.organization_id = overmind.org_id()
      and m.id = p_id
      and m.deleted_at is null
    for update of m;
    if not found then
        return;
    end if;
    perform overmind.audit(
        'message.' || p_status, 'update', 'message', p_id::text, 'success',
        jsonb_build_object('moderation_status', before), jsonb_build_object('moderation_status', p_status), jsonb_build_object('reason', p_flag -> 'detail'));
    return query
    update public.messages m
    set moderation_status = p_status,
        moderation_flags = m.moderation_flags || p_flag,
        moderated_at = clock_timestamp()
    where m.organization_id = overmind.org_id()
      and m.id = p_id
    returning m.id, m.conversation_id, m.role, m.content, m.sender_user_id, m.moderation_status, m.moderation_flags, m.moderated_at, m.created_at;
end
$$;
comment on function overmind.review_message(uuid, text, jsonb) is
    'Approves or blocks a message of the caller''s organization, with what the reviewer says of it, for who may review; no row when there is none.';
revoke all on function overmind.review_message(uuid, text, jsonb) from public;
grant execute on function overmind.review_message(uuid, text, jsonb) to authenticated, service_role;
