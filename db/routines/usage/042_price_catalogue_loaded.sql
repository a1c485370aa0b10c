create or replace function overmind.price_catalogue_loaded(p_version date) returns void
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into public.model_aliases (provider, alias, model)
    select m.provider, lower(m.name), m.name
    from public.model_registry m
    on conflict do nothing;
    delete from overmind.price_catalogue;
    insert into overmind.price_catalogue (version) values (p_version);
end
$$;
comment on function overmind.price_catalogue_loaded(date) is 'Called when the tables of the registry have been filled: a model''s own name is one of its aliases, and the version is noted.';
revoke all on function overmind.price_catalogue_loaded(date) from public;
