-- One version of a key is active at any time. Who activates holds all versions meanwhile, so that two who do it together come one after the other.
create or replace function overmind.activate_workflow(p_key text, p_version integer) returns uuid
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    activated uuid;
begin
    perform from public.workflows w
    where w.organization_id = overmind.org_id()
      and w.key = p_key
    order by w.version
    for no key update;

    update public.workflows w
    set is_active = false
    where w.organization_id = overmind.org_id()
      and w.key = p_key
      and w.is_active
      and w.version <> p_version;
    update public.workflows w
    set is_active = true
    where w.organization_id = overmind.org_id()
      and w.key = p_key
      and w.version = p_version
      and w.deleted_at is null
    returning w.id into activated;
    -- The other versions may be ones that the caller may not change: then the index of active versions refuses, too.
    if activated is null then
        raise exception using
            errcode = 'insufficient_privilege',
            message = format('Version %s of %s is not there to be activated', p_version, p_key);
    end if;
    return activated;
end
$$;
comment on function overmind.activate_workflow(text, integer) is 'Makes a version of a workflow the one that new runs use, in place of the one that was.';
revoke all on function overmind.activate_workflow(text, integer) from public;
grant execute on function overmind.activate_workflow(text, integer) to authenticated, service_role;
