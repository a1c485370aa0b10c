create or replace function overmind.user_profiles_write() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if new.id is distinct from overmind.user_id() then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'A profile is written by the person whose it is.';
    end if;
    update public.users u
    set name = coalesce(new.display_name, u.name),
        avatar_url = new.avatar_url,
        timezone = coalesce(new.timezone, u.timezone)
    where u.id = new.id;
    return new;
end
$$;
comment on function overmind.user_profiles_write() is 'Trigger: a profile is a person''s name, picture and time zone.';

create or replace trigger user_profiles_write
    instead of insert or update on public.user_profiles
    for each row execute function overmind.user_profiles_write();
