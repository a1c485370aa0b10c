-- For triggers that stand after touch_updated_at, by name, and say when. An ETag is made of updated_at: what is counted or noted by itself is
-- no reason to refuse somebody's edit.
create or replace function overmind.keep_updated_at() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    new.updated_at := old.updated_at;
    return new;
end
$$;
comment on function overmind.keep_updated_at() is 'Trigger: leaves updated_at as it was, where nothing changes that somebody wrote.';
