-- Definer: the table is nobody's to write. A lease of the caller's organization, taken by whoever comes first, and renewed by its holder.
create or replace function overmind.begin_cached_call(p_cache_key text, p_holder uuid, p_lease interval) returns boolean
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into overmind.cache_flights as f (organization_id, cache_key, holder, expires_at)
    values (overmind.org_id(), p_cache_key, p_holder, clock_timestamp() + p_lease)
    on conflict on constraint cache_flights_pkey do update
    set holder = excluded.holder,
        expires_at = excluded.expires_at
    where f.holder = excluded.holder
       or f.expires_at <= clock_timestamp();
    return found;
end
$$;
comment on function overmind.begin_cached_call(text, uuid, interval) is 'Whether the caller makes this call, or goes on making it; false while another one of the organization does.';
revoke all on function overmind.begin_cached_call(text, uuid, interval) from public;
grant execute on function overmind.begin_cached_call(text, uuid, interval) to service_role;
