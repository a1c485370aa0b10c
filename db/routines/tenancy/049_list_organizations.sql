-- Definer, for the operator, who has no claims in any of them.
create or replace function overmind.list_organizations(p_which text default null) returns table (organization public.organizations, members bigint)
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select o, (select count(*) from public.organization_members m where m.organization_id = o.id and m.left_at is null)
    from public.organizations o
    where p_which is null
       or o.id::text = p_which
       or o.slug = p_which
    order by o.deleted_at is not null, o.created_at, o.id
$$;
comment on function overmind.list_organizations(text) is
    'The organizations of the installation, deleted ones last, with how many members each has; those with this id or slug when one is given.';
revoke all on function overmind.list_organizations(text) from public;
grant execute on function overmind.list_organizations(text) to service_role;
