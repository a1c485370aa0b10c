-- Definer: no member changes counters. What is taken and what is counted are one statement, so that a use counts exactly once, whenever the server dies.
create or replace function overmind.fold_memory_accesses() returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    folded bigint;
begin
    -- One node at a time; the others have nothing to do.
    if not pg_try_advisory_xact_lock(hashtextextended('overmind.fold_memory_accesses', 0)) then
        return 0;
    end if;
    with taken as (
        delete from overmind.memory_accesses a
        returning a.organization_id, a.memory_id, a.accessed_at
    ),
    summed as (
        select t.organization_id, t.memory_id, count(*) as uses, max(t.accessed_at) as last_at
        from taken t
        group by t.organization_id, t.memory_id
    ),
    counted as (
        update public.memories m
        set access_count = m.access_count + s.uses,
            last_accessed_at = greatest(m.last_accessed_at, s.last_at)
        from summed s
        where m.organization_id = s.organization_id
          and m.id = s.memory_id
    )
    select count(*) into folded from taken;
    return folded;
end
$$;
comment on function overmind.fold_memory_accesses() is 'Counts the uses of memories since the last time. Returns how many.';
revoke all on function overmind.fold_memory_accesses() from public;
grant execute on function overmind.fold_memory_accesses() to service_role;
