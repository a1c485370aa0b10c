-- Definer, as create_organization. Makes one for the person who asks, who is its admin.
create or replace function overmind.create_own_organization(p_id uuid, p_name text, p_slug text) returns uuid
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if overmind.user_id() is null then
        return null;
    end if;
    -- A request that is repeated finds what it made.
    if exists (
        select
        from public.organization_members m
        where m.organization_id = p_id
          and m.user_id = overmind.user_id()
          and m.left_at is null
    ) then
        return p_id;
    end if;
    insert into public.organizations (id, name, slug)
    values (p_id, p_name, p_slug);
    insert into public.organization_members (organization_id, user_id, display_name, role)
    select p_id, u.id, u.name, 'admin'
    from public.users u
    where u.id = overmind.user_id()
      and u.deleted_at is null;
    if not found then
        raise exception using errcode = 'insufficient_privilege', message = 'An organization is made by a person.';
    end if;
    perform overmind.seed_organization(p_id);
    return p_id;
end
$$;
comment on function overmind.create_own_organization(uuid, text, text) is 'Makes an organization under a new id, with the caller as its admin; returns the id, or null for a caller who is no person.';
revoke all on function overmind.create_own_organization(uuid, text, text) from public;
grant execute on function overmind.create_own_organization(uuid, text, text) to authenticated, service_role;
