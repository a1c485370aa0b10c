-- Definer, because nobody changes look-ups. What is marked and what is counted are one statement, so that each hit counts once, whenever the server dies. A
-- counter that every hit writes would be the hottest row there is.
create or replace function overmind.count_cache_hits(p_limit integer default 20000) returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    counted bigint;
begin
    -- One node at a time; the others have nothing to do.
    if not pg_try_advisory_xact_lock(hashtextextended('overmind.count_cache_hits', 0)) then
        return 0;
    end if;

    with marked as (
        update public.cache_lookups l
        set is_counted = true
        where l.ctid = any (array(select p.ctid from public.cache_lookups p where not p.is_counted limit p_limit))
        returning l.organization_id, l.entry_id, l.created_at
    ),
    hits as (
        select m.organization_id, m.entry_id, count(*) as hits, max(m.created_at) as last_at
        from marked m
        group by m.organization_id, m.entry_id
    ),
    added as (
        update public.ai_response_cache c
        set hit_count = c.hit_count + h.hits,
            last_hit_at = greatest(c.last_hit_at, h.last_at)
        from hits h
        where c.organization_id = h.organization_id
          and c.id = h.entry_id
    )
    select count(*) into counted from marked;
    return counted;
end
$$;
comment on function overmind.count_cache_hits(integer) is 'Counts hits of the response cache where they were, up to p_limit. Returns how many.';
revoke all on function overmind.count_cache_hits(integer) from public;
grant execute on function overmind.count_cache_hits(integer) to service_role;
