-- Definer, because a caller sees their own organization alone. Ids only; what is deleted, each organization's own claims decide.
create or replace function overmind.organizations_with_retention() returns setof uuid
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select o.id
    from public.organizations o
    where overmind.retention_days(o.settings) is not null
      and o.status = 'active'
      and o.deleted_at is null
    order by o.id
$$;
comment on function overmind.organizations_with_retention() is 'The active organizations that keep their conversations for a number of days only.';
revoke all on function overmind.organizations_with_retention() from public;
grant execute on function overmind.organizations_with_retention() to service_role;
