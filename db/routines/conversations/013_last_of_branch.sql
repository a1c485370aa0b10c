create or replace function overmind.last_of_branch(
    p_organization_id uuid, p_conversation_id uuid, p_branch integer, p_until_seq bigint default 9223372036854775807)
    returns table (id uuid, branch integer, seq bigint)
    language sql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select m.id, m.branch, m.seq
    from overmind.branch_segments(p_organization_id, p_conversation_id, p_branch, p_until_seq, p_enough => 1) as s
    cross join lateral (
        select m.id, m.branch, m.seq
        from public.messages m
        where m.organization_id = p_organization_id
          and m.conversation_id = p_conversation_id
          and m.branch = s.branch
          and m.seq > s.after_seq
          and m.seq <= s.until_seq
          and m.deleted_at is null
        order by m.seq desc
        limit 1) as m
    order by m.seq desc
    limit 1
$$;
comment on function overmind.last_of_branch(uuid, uuid, integer, bigint) is
    'The last message of a branch up to p_until_seq that is not deleted: its own, or one that it shares with the branch it left. No row: there is none.';
revoke all on function overmind.last_of_branch(uuid, uuid, integer, bigint) from public;
grant execute on function overmind.last_of_branch(uuid, uuid, integer, bigint) to authenticated, service_role;
