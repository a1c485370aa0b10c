-- Definer as view_share, and for who has the same link. What people and models said on the branch until the link was made, in the words of then: of a message that
-- was changed since, the version before. What is deleted, blocked or not settled by moderation since is left out, and so is what the system says and what tools do. Of attachments the names.
create or replace function overmind.shared_messages(p_organization_id uuid, p_token_hash text, p_limit integer default 1001)
    returns table (role text, content text, created_at timestamptz, attachments text[])
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    share record;
begin
    select s.conversation_id, s.branch, s.until_seq, s.created_at into share
    from public.conversation_shares s
    where s.organization_id = p_organization_id
      and s.token_hash = p_token_hash
      and s.revoked_at is null
      and (s.expires_at is null or s.expires_at > clock_timestamp());
    return query
    select n.role, n.content, n.created_at, array(
        select p.value ->> 'name'
        from jsonb_array_elements(case when jsonb_typeof(n.content_parts -> 'parts') = 'array' then n.content_parts -> 'parts' else '[]' end) as p
        where p.value ? 'attachment_id' and p.value ->> 'name' is not null)
    from (
        select
            m.role, m.seq, m.created_at, coalesce(before.content, m.content) as content,
            case when before.content is null then m.content_parts else before.content_parts end as content_parts
        from overmind.branch_segments(p_organization_id, share.conversation_id, share.branch, share.until_seq) as b
        join public.messages m
            on m.organization_id = p_organization_id
            and m.conversation_id = share.conversation_id
            and m.branch = b.branch
            and m.seq > b.after_seq
            and m.seq <= b.until_seq
        left join lateral (
            select v.content, v.content_parts
            from public.message_versions v
            where v.organization_id = p_organization_id
              and v.message_id = m.id
              and v.created_at <= share.created_at
              and m.edited_at > share.created_at
            order by v.version_number desc
            limit 1) as before on true
        where m.deleted_at is null
          and m.role in ('user', 'assistant')
          and (m.moderation_status is null or m.moderation_status in ('approved', 'flagged'))
        order by m.seq desc
        limit p_limit) as n
    order by n.seq;
end
$$;
comment on function overmind.shared_messages(uuid, text, integer) is 'The messages of a link that is good, oldest first: the newest p_limit of the branch as it was shared.';
revoke all on function overmind.shared_messages(uuid, text, integer) from public;
grant execute on function overmind.shared_messages(uuid, text, integer) to service_role;
