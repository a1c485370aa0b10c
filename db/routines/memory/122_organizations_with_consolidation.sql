-- Definer, because a caller sees their own organization alone. Ids only.
create or replace function overmind.organizations_with_consolidation() returns setof uuid
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select o.id
    from public.organizations o
    where o.settings ->> 'memory_consolidation' in ('rules', 'model')
      and o.status = 'active'
      and o.deleted_at is null
    order by o.id
$$;
comment on function overmind.organizations_with_consolidation() is 'The active organizations whose memories are consolidated by themselves.';
revoke all on function overmind.organizations_with_consolidation() from public;
grant execute on function overmind.organizations_with_consolidation() to service_role;
