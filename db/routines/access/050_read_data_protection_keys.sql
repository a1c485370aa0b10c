create or replace function overmind.read_data_protection_keys() returns table (friendly_name text, xml text)
    language sql stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select k.friendly_name, k.xml
    from overmind.data_protection_keys k
    order by k.id
$$;
comment on function overmind.read_data_protection_keys() is 'The key ring that protects cookies, shared by all nodes.';
revoke all on function overmind.read_data_protection_keys() from public;
grant execute on function overmind.read_data_protection_keys() to service_role;
