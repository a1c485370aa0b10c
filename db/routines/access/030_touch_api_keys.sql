-- Uses are gathered by a node and written now and then: one row a key, in the order of the keys, so that two nodes never deadlock.
create or replace function overmind.touch_api_keys(
    p_organization_ids uuid[],
    p_ids              uuid[],
    p_uses             bigint[],
    p_last_used_at     timestamptz[]) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    used record;
begin
    for used in
        select *
        from unnest(p_organization_ids, p_ids, p_uses, p_last_used_at) as u (organization_id, id, uses, last_used_at)
        order by u.organization_id, u.id
    loop
        update public.api_keys k
        set usage_count = k.usage_count + used.uses,
            last_used_at = greatest(k.last_used_at, used.last_used_at)
        where k.organization_id = used.organization_id
          and k.id = used.id;
    end loop;
    perform overmind.record_activity(array_agg(k.organization_id), array_agg(k.user_id), array_agg(u.last_used_at))
    from unnest(p_organization_ids, p_ids, p_last_used_at) as u (organization_id, id, last_used_at)
    join public.api_keys k on k.organization_id = u.organization_id and k.id = u.id;
end
$$;
comment on function overmind.touch_api_keys(uuid[], uuid[], bigint[], timestamptz[]) is 'Adds uses to API keys, a batch at a time, and notes that their members were there.';
revoke all on function overmind.touch_api_keys(uuid[], uuid[], bigint[], timestamptz[]) from public;
grant execute on function overmind.touch_api_keys(uuid[], uuid[], bigint[], timestamptz[]) to service_role;
