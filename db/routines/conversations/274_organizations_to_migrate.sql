-- Definer, because a caller sees their own organization alone. Ids only. What is suspended is not embedded, and gets no other vector than its own model's: it is embedded
-- when it goes on.
create or replace function overmind.organizations_to_migrate(p_active boolean) returns setof uuid
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select o.id
    from public.organizations o
    where exists (select from overmind.embedding_migrations g where g.ended_at is null)
      and (not p_active or o.status = 'active' and o.deleted_at is null)
    order by o.id
$$;
comment on function overmind.organizations_to_migrate(boolean) is 'The organizations whose vectors a migration of the embeddings concerns: all, or those that are active.';
revoke all on function overmind.organizations_to_migrate(boolean) from public;
grant execute on function overmind.organizations_to_migrate(boolean) to service_role;
