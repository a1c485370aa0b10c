-- Definer, because an empty database has nobody with claims. Refuses as soon as there is one organization.
create or replace function overmind.create_first_organization(
    p_name          text,
    p_slug          text,
    p_email         text,
    p_user_name     text,
    p_password_hash text) returns table (organization_id uuid, user_id uuid)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    -- Nodes that start together on an empty database: one makes the organization, the others find it.
    perform pg_advisory_xact_lock(hashtext('overmind.create_first_organization'));
    if exists (select from public.organizations) then
        return;
    end if;
    return query select * from overmind.create_organization(p_name, p_slug, p_email, p_user_name, p_password_hash);
end
$$;
comment on function overmind.create_first_organization(text, text, text, text, text) is
    'Makes the first organization with its admin; no row when there is one already.';
revoke all on function overmind.create_first_organization(text, text, text, text, text) from public;
grant execute on function overmind.create_first_organization(text, text, text, text, text) to service_role;
