create or replace function overmind.touch_updated_at() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    new.updated_at := clock_timestamp();
    return new;
end
$$;
comment on function overmind.touch_updated_at() is 'Trigger: sets updated_at on each update.';
