create or replace function overmind.organization_members_after_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform pg_notify('api_key_changed', k.id::text)
    from public.api_keys k
    where k.organization_id = new.organization_id
      and k.user_id = new.user_id
      and k.is_active;
    return null;
end
$$;
comment on function overmind.organization_members_after_change() is 'Trigger: the keys of a member who changes role or leaves are looked up again.';

create or replace trigger organization_members_after_change
    after update of role, left_at on public.organization_members
    for each row
    when (old.role <> new.role or old.left_at is distinct from new.left_at)
    execute function overmind.organization_members_after_change();
