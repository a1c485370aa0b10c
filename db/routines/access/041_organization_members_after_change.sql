-- Definer, because whoever manages members may not see their keys and sessions. Only those of the member whose row its caller was allowed to change.
create or replace function overmind.organization_members_after_change() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform pg_notify('api_key_changed', k.id::text)
    from public.api_keys k
    where k.organization_id = new.organization_id
      and k.user_id = new.user_id
      and k.is_active;
    -- Whoever comes back begins with none.
    if new.left_at is not null then
        update public.api_keys k
        set is_active = false,
            revoked_at = clock_timestamp()
        where k.organization_id = new.organization_id
          and k.user_id = new.user_id
          and k.is_active;
        update public.sessions s
        set revoked_at = clock_timestamp(),
            revoked_reason = 'membership_ended'
        where s.organization_id = new.organization_id
          and s.user_id = new.user_id
          and s.revoked_at is null;
    end if;
    return null;
end
$$;
comment on function overmind.organization_members_after_change() is 'Trigger: the keys of a member who changes role are looked up again, and those of one who leaves are ended, with the sessions that act in the organization''s name.';
revoke all on function overmind.organization_members_after_change() from public;

create or replace trigger organization_members_after_change
    after update of role, permissions, left_at on public.organization_members
    for each row
    when (old.role <> new.role or old.permissions <> new.permissions or old.left_at is distinct from new.left_at)
    execute function overmind.organization_members_after_change();
