-- Definer, because a caller sees their own organization alone. Ids only.
create or replace function overmind.organizations_to_index() returns setof uuid
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select o.id
    from public.organizations o
    where o.indexed_language is distinct from overmind.search_language(o.settings)
      and o.status = 'active'
      and o.deleted_at is null
    order by o.id
$$;
comment on function overmind.organizations_to_index() is 'The active organizations whose texts are not indexed yet in the language in which they are searched.';
revoke all on function overmind.organizations_to_index() from public;
grant execute on function overmind.organizations_to_index() to service_role;
