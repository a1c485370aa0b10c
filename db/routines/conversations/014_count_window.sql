create or replace function overmind.count_window(p_organization_id uuid, p_conversation_id uuid, p_branch integer) returns bigint
    language sql stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select coalesce((select sum(m.tokens) from overmind.window_messages(p_organization_id, p_conversation_id, p_branch) as m), 0)
        + coalesce((
            select w.summary_tokens
            from public.context_windows w
            where w.organization_id = p_organization_id
              and w.conversation_id = p_conversation_id
              and w.branch = p_branch), 0)
$$;
comment on function overmind.count_window(uuid, uuid, integer) is 'Tokens of a branch''s window, its summary included, counted anew.';
revoke all on function overmind.count_window(uuid, uuid, integer) from public;
grant execute on function overmind.count_window(uuid, uuid, integer) to authenticated, service_role;
