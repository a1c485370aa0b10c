-- Definer, because it sweeps all organizations; it returns nothing of them but how much there was, and where it got to. Whatever table refers to contents by a
-- foreign key keeps them, so that a new one is known by itself. What is being stored right now has just written last_stored_at, which a delete that waited for it sees.
create or replace function overmind.delete_unused_files(
    p_organization_id uuid, p_sha256 bytea, p_limit integer default 1000, p_now timestamptz default clock_timestamp(),
    out deleted integer, out last_organization_id uuid, out last_sha256 bytea)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    used text;
begin
    select string_agg(format(' and not exists (select from %s t where t.organization_id = f.organization_id and t.%I = f.sha256)', k.conrelid::regclass, a.attname), '')
    into used
    from pg_constraint k
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname <> 'organization_id'
    where k.contype = 'f'
      and k.confrelid = 'public.file_contents'::regclass
      and k.conrelid <> 'public.file_chunks'::regclass;
    execute format(
        $sql$
        with looked_at as materialized (
            select f.organization_id, f.sha256
            from public.file_contents f
            where (f.organization_id, f.sha256) > ($1, $2)
            order by f.organization_id, f.sha256
            limit $3
        ), gone as (
            delete from public.file_contents f
            using looked_at l
            where f.organization_id = l.organization_id
              and f.sha256 = l.sha256
              and f.last_stored_at < $4 - interval '1 hour'%s
            returning 1
        )
        select g.deleted, l.organization_id, l.sha256
        from (select count(*)::integer as deleted from gone) as g
        left join lateral (select o.organization_id, o.sha256 from looked_at o order by o.organization_id desc, o.sha256 desc limit 1) as l on true
        $sql$, used)
    into deleted, last_organization_id, last_sha256
    using p_organization_id, p_sha256, p_limit, p_now;
end
$$;
comment on function overmind.delete_unused_files(uuid, bytea, integer, timestamptz) is
    'Deletes contents of files that nothing refers to and nobody has sent within the hour; looks at up to p_limit after the one that is named. Returns how many, and the last that it looked at; null: there are no more.';
revoke all on function overmind.delete_unused_files(uuid, bytea, integer, timestamptz) from public;
grant execute on function overmind.delete_unused_files(uuid, bytea, integer, timestamptz) to service_role;
