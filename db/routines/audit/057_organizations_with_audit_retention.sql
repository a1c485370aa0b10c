-- Definer, because a caller sees their own organization alone. Ids and numbers only; what is deleted, each organization's own claims decide.
create or replace function overmind.organizations_with_audit_retention() returns table (organization_id uuid, days integer)
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select o.id, overmind.audit_retention_days(o.settings)
    from public.organizations o
    where overmind.audit_retention_days(o.settings) is not null
    order by o.id
$$;
comment on function overmind.organizations_with_audit_retention() is 'The organizations that keep their audit log for a number of days only.';
revoke all on function overmind.organizations_with_audit_retention() from public;
grant execute on function overmind.organizations_with_audit_retention() to service_role;
