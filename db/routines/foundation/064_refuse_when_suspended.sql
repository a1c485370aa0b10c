-- One place that no path passes by: on every tenant table, once a statement, for stores, SQL clients and functions that run as the owner.
-- Definer, because it must see the organization whatever the caller may see; it looks at that of the claims alone, and tells its state alone.
-- What has no claims (claiming and ending jobs, migrations) is not held up.
create or replace function overmind.refuse_when_suspended() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    state text;
begin
    select case when o.deleted_at is null then o.status else 'deleted' end into state
    from public.organizations o
    where o.id = overmind.org_id();
    if state <> 'active' then
        raise exception using
            errcode = 'OV002',
            message = format('The organization is %s: it can be read, and nothing in it be written.', state);
    end if;
    return new;
end
$$;
comment on function overmind.refuse_when_suspended() is
    'Trigger: refuses with OV002 what members of an organization write that is suspended, cancelled or deleted.';
revoke all on function overmind.refuse_when_suspended() from public;
