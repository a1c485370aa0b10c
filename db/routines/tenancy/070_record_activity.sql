-- Definer, because nobody writes when they were there. A row is written at most once a minute, however often its person comes.
create or replace function overmind.record_activity(
    p_organization_ids uuid[],
    p_user_ids         uuid[],
    p_last_active_at   timestamptz[]) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    seen record;
begin
    -- In the order of the keys, so that two nodes never deadlock.
    for seen in
        select a.organization_id, a.user_id, max(a.at) as at
        from unnest(p_organization_ids, p_user_ids, p_last_active_at) as a (organization_id, user_id, at)
        group by a.organization_id, a.user_id
        order by a.user_id, a.organization_id
    loop
        update public.users u
        set last_active_at = seen.at
        where u.id = seen.user_id
          and (u.last_active_at is null or u.last_active_at <= seen.at - interval '1 minute');
        update public.organization_members m
        set last_active_at = seen.at
        where m.organization_id = seen.organization_id
          and m.user_id = seen.user_id
          and (m.last_active_at is null or m.last_active_at <= seen.at - interval '1 minute');
    end loop;
end
$$;
comment on function overmind.record_activity(uuid[], uuid[], timestamptz[]) is 'Notes when members were last there, many at a time, each at most once a minute.';
revoke all on function overmind.record_activity(uuid[], uuid[], timestamptz[]) from public;
grant execute on function overmind.record_activity(uuid[], uuid[], timestamptz[]) to service_role;
