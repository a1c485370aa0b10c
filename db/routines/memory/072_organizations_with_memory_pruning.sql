-- Definer, because a caller sees their own organization alone. Ids only; what is pruned, each organization's own claims decide.
create or replace function overmind.organizations_with_memory_pruning() returns setof uuid
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select o.id
    from public.organizations o
    cross join lateral overmind.memory_policy(o.settings) as p
    where p.prune
      and o.status = 'active'
      and o.deleted_at is null
    order by o.id
$$;
comment on function overmind.organizations_with_memory_pruning() is 'The active organizations whose memories are pruned by themselves.';
revoke all on function overmind.organizations_with_memory_pruning() from public;
grant execute on function overmind.organizations_with_memory_pruning() to service_role;
