-- Definer, as create_organization. Makes one for the person who asks, who is its admin.
create or replace function overmind.create_own_organization(p_name text, p_slug text) returns uuid
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    made uuid;
begin
    if overmind.user_id() is null then
        return null;
    end if;
    insert into public.organizations (name, slug)
    values (p_name, p_slug)
    returning id into made;
    insert into public.organization_members (organization_id, user_id, display_name, role)
    select made, u.id, u.name, 'admin'
    from public.users u
    where u.id = overmind.user_id()
      and u.deleted_at is null;
    if not found then
        raise exception using errcode = 'insufficient_privilege', message = 'An organization is made by a person.';
    end if;
    perform overmind.seed_organization(made);
    return made;
end
$$;
comment on function overmind.create_own_organization(text, text) is 'Makes an organization with the caller as its admin; returns its id, or null for a caller who is no person.';
revoke all on function overmind.create_own_organization(text, text) from public;
grant execute on function overmind.create_own_organization(text, text) to authenticated, service_role;
