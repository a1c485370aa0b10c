-- Definer, because a person may be a member of organizations that they are not signed in to. Only their own memberships, and what they write of themselves.
create or replace function overmind.users_after_profile() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update public.organization_members m
    set display_name = case when new.name <> old.name then new.name else m.display_name end,
        avatar_url = new.avatar_url,
        timezone = new.timezone
    where m.user_id = new.id;
    return null;
end
$$;
comment on function overmind.users_after_profile() is 'Trigger: members see of each other what each says of themselves.';
revoke all on function overmind.users_after_profile() from public;

create or replace trigger users_after_profile
    after update of name, avatar_url, timezone on public.users
    for each row
    when (old.name <> new.name or old.avatar_url is distinct from new.avatar_url or old.timezone <> new.timezone)
    execute function overmind.users_after_profile();
create or replace trigger touch_updated_at_not_by_activity
    before update on public.users
    for each row
    when (old.last_active_at is distinct from new.last_active_at or old.last_login_at is distinct from new.last_login_at)
    execute function overmind.keep_updated_at();
