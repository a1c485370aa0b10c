create or replace function overmind.add_data_protection_key(p_friendly_name text, p_xml text) returns void
    language sql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    insert into overmind.data_protection_keys (friendly_name, xml)
    values (p_friendly_name, p_xml)
    on conflict (friendly_name) do nothing
$$;
comment on function overmind.add_data_protection_key(text, text) is 'Adds a key to the ring; one of the same name stays as it is.';
revoke all on function overmind.add_data_protection_key(text, text) from public;
grant execute on function overmind.add_data_protection_key(text, text) to service_role;
