-- Definer, because the grants of a member are asked for in policies, also of the table they stand in. Tests the organization of the claims.
-- Everybody whose select a policy decides on may call it, also anon, who is told no row and no error.
-- Policies ask for the role first, so that admins and the common case cost no look-up.
create or replace function overmind.has_permission(p_permission text) returns boolean
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    return overmind.org_role() = 'admin' or exists (
        select
        from public.organization_members m
        where m.organization_id = overmind.org_id()
          and m.user_id = overmind.user_id()
          and m.left_at is null
          and m.permissions ? p_permission);
end
$$;
comment on function overmind.has_permission(text) is
    'Whether the caller is an admin of their organization or was granted this permission (organization_members.permissions).';
revoke all on function overmind.has_permission(text) from public;
grant execute on function overmind.has_permission(text) to anon, authenticated, service_role;
