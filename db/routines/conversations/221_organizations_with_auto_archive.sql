-- Definer, because a caller sees their own organization alone. Ids only; what is archived, each organization's own claims decide.
create or replace function overmind.organizations_with_auto_archive() returns setof uuid
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select o.id
    from public.organizations o
    where overmind.archive_days(o.settings) is not null
      and o.status = 'active'
      and o.deleted_at is null
    order by o.id
$$;
comment on function overmind.organizations_with_auto_archive() is 'The active organizations whose conversations are archived after a number of days without a message.';
revoke all on function overmind.organizations_with_auto_archive() from public;
grant execute on function overmind.organizations_with_auto_archive() to service_role;
