-- Definer, because no member writes the state of an organization. Only that of the caller's, by who manages it; deleting it is the admins'.
create or replace function overmind.change_own_organization(p_state text, p_now timestamptz default clock_timestamp()) returns setof public.organizations
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    state text;
begin
    select o.status into state
    from public.organizations o
    where o.id = overmind.org_id()
      and o.deleted_at is null
    for no key update;
    if overmind.has_permission('organization.manage') and (
        p_state = 'cancelled' and state in ('active', 'cancelled')
        or p_state = 'active' and state in ('active', 'cancelled')
        or p_state = 'deleted' and overmind.org_role() = 'admin')
    then
        return query select * from overmind.set_organization_state(overmind.org_id(), p_state, null, p_now);
    end if;
end
$$;
comment on function overmind.change_own_organization(text, timestamptz) is
    'Cancels the caller''s organization (cancelled), takes that back until it ends (active) or deletes it (deleted); nothing where that is not the caller''s to do.';
revoke all on function overmind.change_own_organization(text, timestamptz) from public;
grant execute on function overmind.change_own_organization(text, timestamptz) to authenticated, service_role;
