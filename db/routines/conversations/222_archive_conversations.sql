-- Walks an organization's conversations by their key, a batch a call, as delete_expired_conversations does and for the same reasons. One that somebody holds gets a
-- message at this moment, and is left.
create or replace function overmind.archive_conversations(
    p_after uuid        default '00000000-0000-0000-0000-000000000000',
    p_limit integer     default 100,
    p_now   timestamptz default clock_timestamp()) returns table (archived integer, last uuid)
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    stale uuid[];
begin
    stale := array(
        select c.id
        from public.conversations c
        where c.organization_id = overmind.org_id()
          and c.id > p_after
          and c.status = 'active'
          and c.last_activity_at < p_now - interval '24 hours' * (
              select overmind.archive_days(o.settings)
              from public.organizations o
              where o.id = overmind.org_id())
        order by c.id
        limit p_limit
        for update skip locked);
    update public.conversations c
    set status = 'archived'
    where c.organization_id = overmind.org_id()
      and c.id = any (stale);
    get diagnostics archived = row_count;
    last := stale[cardinality(stale)];
    return next;
end
$$;
comment on function overmind.archive_conversations(uuid, integer, timestamptz) is
    'Archives active conversations of the caller''s organization whose last activity is longer ago than its setting auto_archive_days says; up to p_limit after the id p_after. Returns how many, and the last that it looked at; null: there are no more.';
revoke all on function overmind.archive_conversations(uuid, integer, timestamptz) from public;
grant execute on function overmind.archive_conversations(uuid, integer, timestamptz) to service_role;
