-- Whether an organization prunes by itself its policy says; this is for whoever asks.
create or replace function overmind.prune_memories(
    p_dry_run boolean     default true,
    p_limit   integer     default 1000,
    p_now     timestamptz default statement_timestamp()) returns bigint
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    weak uuid[];
begin
    if p_dry_run then
        return (select count(*) from overmind.prunable_memories(p_now));
    end if;
    weak := array(
        select m.id
        from public.memories m
        join overmind.prunable_memories(p_now) as p on p.id = m.id
        where m.organization_id = overmind.org_id()
        order by m.id
        limit p_limit
        for update of m skip locked);
    update public.memories m
    set deleted_at = p_now
    where m.organization_id = overmind.org_id()
      and m.id = any (weak);
    return coalesce(cardinality(weak), 0);
end
$$;
comment on function overmind.prune_memories(boolean, integer, timestamptz) is
    'Forgets up to p_limit memories that the organization''s policy gives up; how many. They can be brought back until they are purged. A dry run only counts, and counts all.';
