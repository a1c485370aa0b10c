-- Definer, because it sweeps all organizations; what has expired is shown to nobody already.
create or replace function overmind.delete_expired_memories(p_limit integer default 1000, p_now timestamptz default clock_timestamp()) returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    deleted bigint;
begin
    delete from public.memories m
    using (
        select e.organization_id, e.id
        from public.memories e
        where e.expires_at <= p_now
          and e.deleted_at is null
        order by e.expires_at
        limit p_limit
        for update skip locked) as expired
    where m.organization_id = expired.organization_id
      and m.id = expired.id;
    get diagnostics deleted = row_count;
    return deleted;
end
$$;
comment on function overmind.delete_expired_memories(integer, timestamptz) is 'Deletes up to p_limit memories for good that have expired, of all organizations; how many.';
revoke all on function overmind.delete_expired_memories(integer, timestamptz) from public;
grant execute on function overmind.delete_expired_memories(integer, timestamptz) to service_role;
