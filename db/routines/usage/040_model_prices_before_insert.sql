create or replace function overmind.identify_model_price() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
begin
    new.id := null;
    new.id := md5(new::text)::uuid;
    return new;
end
$$;
comment on function overmind.identify_model_price() is 'Trigger: a price''s id is a digest of what it says, the same in every database.';
create or replace trigger before_insert before insert on public.model_prices
    for each row execute function overmind.identify_model_price();
