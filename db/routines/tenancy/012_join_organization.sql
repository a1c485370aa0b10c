-- Definer: nobody adds a member to what they have no claims in. For the service, which knows whom somebody has invited.
-- How many members there may be is counted by the trigger of organization_members, behind a lock on the organization's row.
create or replace function overmind.join_organization(
    p_organization_id uuid,
    p_user_id         uuid,
    p_role            text,
    p_display_name    text default null) returns table (member_id uuid, joined boolean)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
    state text;
begin
    select case when o.deleted_at is null then o.status else 'deleted' end into state
    from public.organizations o
    where o.id = p_organization_id
    for no key update;
    if state is distinct from 'active' then
        raise exception using
            errcode = 'OV002',
            message = format('The organization is %s: nobody can join it.', coalesce(state, 'not there'));
    end if;

    insert into public.organization_members as m (organization_id, user_id, display_name, role)
    select p_organization_id, u.id, coalesce(p_display_name, u.name), p_role
    from public.users u
    where u.id = p_user_id
      and u.deleted_at is null
    on conflict (organization_id, user_id) do update
    set left_at = null,
        role = excluded.role,
        permissions = '[]',
        display_name = excluded.display_name
    where m.left_at is not null
    returning m.id into member_id;
    joined := found;
    if not joined then
        select m.id into member_id
        from public.organization_members m
        where m.organization_id = p_organization_id
          and m.user_id = p_user_id;
    end if;
    return next;
end
$$;
comment on function overmind.join_organization(uuid, uuid, text, text) is
    'Makes a person a member, again if they have left; joined is false for who is one already, who keeps their role. Fails with OV002 when the organization is not active, and with OV003 when it has as many members as it may.';
revoke all on function overmind.join_organization(uuid, uuid, text, text) from public;
grant execute on function overmind.join_organization(uuid, uuid, text, text) to service_role;
