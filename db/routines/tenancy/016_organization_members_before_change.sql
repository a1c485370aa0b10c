-- Definer, because a member may not see all that is counted; it looks at the organization of the row that its caller was allowed to write.
-- The lock on the organization's row lets those who join or leave at once come one after the other. It does not stand in the way of foreign keys.
create or replace function overmind.organization_members_before_change() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    most integer;
    comes constant boolean := new.left_at is null and (tg_op = 'INSERT' or old.left_at is not null);
    goes  constant boolean := tg_op = 'UPDATE' and old.left_at is null and old.role = 'admin' and (new.left_at is not null or new.role <> 'admin');
begin
    -- Whoever may manage members must not make themselves an admin by it.
    if tg_op = 'UPDATE' and overmind.org_role() is not null and overmind.org_role() <> 'admin' and old.user_id <> overmind.user_id()
        and ((old.role = 'admin') <> (new.role = 'admin') or old.role = 'admin' and old.left_at is distinct from new.left_at)
    or tg_op = 'UPDATE' and overmind.org_role() is not null and overmind.org_role() <> 'admin'
        and (old.permissions <> new.permissions or old.role <> new.role and old.user_id = overmind.user_id())
    then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'Only an admin gives or takes the role admin and permissions, and nobody else changes their own role.';
    end if;
    if comes or goes then
        select o.max_users into most
        from public.organizations o
        where o.id = new.organization_id
        for no key update;
    end if;
    if comes and most <= (
        select count(*)
        from public.organization_members m
        where m.organization_id = new.organization_id
          and m.left_at is null
    ) then
        raise exception using
            errcode = 'OV003',
            message = format('The organization has %s members, as many as it may.', most);
    end if;
    if goes and not exists (
        select
        from public.organization_members m
        where m.organization_id = new.organization_id
          and m.id <> new.id
          and m.role = 'admin'
          and m.left_at is null
    ) then
        raise exception using
            errcode = 'OV004',
            message = 'The organization has no other admin: make somebody one first.';
    end if;
    if tg_op = 'INSERT' then
        select u.avatar_url, u.timezone into new.avatar_url, new.timezone
        from public.users u
        where u.id = new.user_id;
    end if;
    return new;
end
$$;
comment on function overmind.organization_members_before_change() is
    'Trigger: no more members than max_users (OV003), always an admin (OV004), and no role or permission that the caller may not give.';
revoke all on function overmind.organization_members_before_change() from public;

create or replace trigger organization_members_before_change
    before insert or update of role, left_at, permissions on public.organization_members
    for each row execute function overmind.organization_members_before_change();
