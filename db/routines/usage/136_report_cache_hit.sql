-- Definer, because the answer may be another member's row. A hit of the caller, for admins of their organization, and the one answer that was given.
create or replace function overmind.report_cache_hit(p_id uuid) returns boolean
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    wrong public.cache_lookups;
begin
    update public.cache_lookups l
    set reported_at = coalesce(l.reported_at, clock_timestamp()),
        reported_by = coalesce(l.reported_by, overmind.user_id())
    where l.organization_id = overmind.org_id()
      and l.id = p_id
      and l.kind <> 'miss'
      and overmind.org_role() is distinct from 'viewer'
      and (l.user_id = overmind.user_id() or overmind.org_role() = 'admin')
    returning l.* into wrong;
    if not found then
        return false;
    end if;

    delete from public.ai_response_cache c
    where c.organization_id = wrong.organization_id
      and c.id = wrong.entry_id;
    perform overmind.audit('cache_hit.reported', 'update', 'cache_hit', p_id::text, 'success', p_metadata => jsonb_build_object('entry_id', wrong.entry_id, 'kind', wrong.kind));
    return true;
end
$$;
comment on function overmind.report_cache_hit(uuid) is 'Notes that an answer out of the response cache was wrong, and removes it. False when the caller has no such hit.';
revoke all on function overmind.report_cache_hit(uuid) from public;
grant execute on function overmind.report_cache_hit(uuid) to authenticated, service_role;
