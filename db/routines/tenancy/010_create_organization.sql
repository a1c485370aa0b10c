-- Definer: nobody has claims in an organization that is not there yet.
create or replace function overmind.create_organization(
    p_name          text,
    p_slug          text,
    p_email         text,
    p_user_name     text,
    p_password_hash text) returns table (organization_id uuid, user_id uuid)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
    new_organization uuid;
    admin            uuid;
begin
    insert into public.organizations (name, slug)
    values (p_name, p_slug)
    returning id into new_organization;

    -- Whoever has an account keeps it, with its password.
    insert into public.users (email, name, password_hash)
    values (p_email, p_user_name, p_password_hash)
    on conflict (lower(email)) where deleted_at is null do nothing
    returning id into admin;
    if admin is null then
        select u.id into strict admin
        from public.users u
        where lower(u.email) = lower(p_email)
          and u.deleted_at is null;
    end if;

    insert into public.organization_members (organization_id, user_id, display_name, role)
    values (new_organization, admin, p_user_name, 'admin');
    perform overmind.seed_organization(new_organization);
    return query select new_organization, admin;
end
$$;
comment on function overmind.create_organization(text, text, text, text, text) is
    'Makes an organization with its admin, its agents and its workflow. An address that has an account keeps it and its password.';
revoke all on function overmind.create_organization(text, text, text, text, text) from public;
grant execute on function overmind.create_organization(text, text, text, text, text) to service_role;
