-- Called for each organization with due work at each claim: in PL/pgSQL, which keeps its plan.
create or replace function overmind.is_frozen(p_organization_id uuid) returns boolean
    language plpgsql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    return exists (
        select
        from public.organizations o
        where o.id = p_organization_id
          and (o.status <> 'active' or o.deleted_at is not null));
end
$$;
comment on function overmind.is_frozen(uuid) is 'Whether an organization is suspended, cancelled or deleted, so that its work waits. Called by what claims work for all.';
revoke all on function overmind.is_frozen(uuid) from public;
