-- Definer, because a caller sees their own organization alone. Ids only. Steps from organization to organization in the indexes of what has no vector, which are
-- empty but for what was just written.
create or replace function overmind.organizations_to_embed() returns setof uuid
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select o.id
    from public.organizations o
    where o.status = 'active'
      and o.deleted_at is null
      and (
        exists (select from public.messages m where m.organization_id = o.id and m.embedding is null and m.content <> '' and m.deleted_at is null)
        or exists (select from public.conversations c where c.organization_id = o.id and c.embedding is null and c.title <> '' and c.deleted_at is null)
        or exists (select from public.memories y where y.organization_id = o.id and y.embedding is null and y.content <> '' and y.deleted_at is null))
    order by o.id
$$;
comment on function overmind.organizations_to_embed() is 'The active organizations that have texts without a vector.';
revoke all on function overmind.organizations_to_embed() from public;
grant execute on function overmind.organizations_to_embed() to service_role;
