create or replace function overmind.branch_tokens(p_conversation_id uuid, p_branch integer, p_until_seq bigint) returns bigint
    language sql stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select coalesce(sum(overmind.tokens_in_window(m.window_tokens, m.tokens_used, m.run_id, m.version_number, m.content)), 0)
    from overmind.branch_segments(overmind.org_id(), p_conversation_id, p_branch, p_until_seq) as s
    join public.messages m
        on m.organization_id = overmind.org_id()
        and m.conversation_id = p_conversation_id
        and m.branch = s.branch
        and m.seq > s.after_seq
        and m.seq <= s.until_seq
        and m.deleted_at is null
$$;
comment on function overmind.branch_tokens(uuid, integer, bigint) is 'What a branch takes up to a message, whether in its window or not.';
revoke all on function overmind.branch_tokens(uuid, integer, bigint) from public;
grant execute on function overmind.branch_tokens(uuid, integer, bigint) to authenticated, service_role;
