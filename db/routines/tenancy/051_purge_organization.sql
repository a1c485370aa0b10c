-- Definer, because nobody may delete a whole organization, and its members are gone. Only one that is deleted.
-- Conversations, which are most of it, go in batches. The rest is one statement: foreign keys are looked at when it ends, so that tables which
-- refer to each other need no order. The audit stays.
create or replace function overmind.purge_organization(p_id uuid, p_limit integer default 100) returns boolean
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    deletions text;
begin
    perform
    from public.organizations o
    where o.id = p_id
      and o.deleted_at is not null
    for update;
    if not found then
        return true;
    end if;

    delete from public.conversations c
    where c.organization_id = p_id
      and c.id in (
          select d.id
          from public.conversations d
          where d.organization_id = p_id
          order by d.id
          limit p_limit);
    if found then
        return false;
    end if;

    select string_agg(format('d%s as (delete from %s where organization_id = $1)', c.oid, c.oid::regclass), ', ') into deletions
    from pg_class c
    join pg_policy p on p.polrelid = c.oid and p.polname = 'tenant_isolation'
    where c.relnamespace = 'public'::regnamespace
      and c.relname not like 'audit\_%';
    execute format('with %s delete from public.organizations where id = $1', deletions) using p_id;
    return true;
end
$$;
comment on function overmind.purge_organization(uuid, integer) is
    'Deletes a deleted organization for good, with everything under it, up to p_limit conversations a call; true when nothing of it is left.';
revoke all on function overmind.purge_organization(uuid, integer) from public;
grant execute on function overmind.purge_organization(uuid, integer) to service_role;
