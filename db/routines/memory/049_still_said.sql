-- Not inlined, and so not looked at by the planner: it is asked of what was found, some hundred rows.
create or replace function overmind.still_said(p_organization_id uuid, p_conversation_id uuid, p_message_id uuid) returns boolean
    language sql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select p_message_id is null or exists (
        select
        from public.messages m
        join public.conversations c on c.organization_id = m.organization_id and c.id = m.conversation_id
        where m.organization_id = p_organization_id
          and m.id = p_message_id
          and m.deleted_at is null
          and c.deleted_at is null
          and m.moderation_status is distinct from 'blocked'
          and (m.branch = c.active_branch or exists (
            select
            from overmind.branch_segments(p_organization_id, p_conversation_id, c.active_branch) as s
            where s.branch = m.branch
              and m.seq > s.after_seq
              and m.seq <= s.until_seq)))
$$;
comment on function overmind.still_said(uuid, uuid, uuid) is
    'Whether a message still stands in its conversation''s active branch, neither deleted nor blocked; true for none.';
revoke all on function overmind.still_said(uuid, uuid, uuid) from public;
