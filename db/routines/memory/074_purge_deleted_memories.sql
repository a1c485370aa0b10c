create or replace function overmind.purge_deleted_memories(
    p_limit integer     default 1000,
    p_now   timestamptz default clock_timestamp()) returns bigint
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    purged bigint;
begin
    delete from public.memories m
    where m.organization_id = overmind.org_id()
      and m.id = any (array(
          select d.id
          from public.memories d
          where d.organization_id = overmind.org_id()
            -- Whoever comes back to a branch finds there what they left.
            and d.withdrawn is distinct from 'branch'
            and d.deleted_at < p_now - interval '24 hours' * (
                select overmind.retention_days(o.settings)
                from public.organizations o
                where o.id = overmind.org_id())
          order by d.deleted_at
          limit p_limit
          for update skip locked));
    get diagnostics purged = row_count;
    return purged;
end
$$;
comment on function overmind.purge_deleted_memories(integer, timestamptz) is
    'Deletes for good the memories of the caller''s organization that were deleted or pruned longer ago than its settings keep conversations; how many, up to p_limit.';
revoke all on function overmind.purge_deleted_memories(integer, timestamptz) from public;
grant execute on function overmind.purge_deleted_memories(integer, timestamptz) to service_role;
