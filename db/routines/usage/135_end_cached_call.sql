-- Definer: the table is nobody's to write. The caller's own lease alone. Who waits hears a digest of what it waits for, and nothing of what was asked.
create or replace function overmind.end_cached_call(p_cache_key text, p_holder uuid) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    delete from overmind.cache_flights f
    where f.organization_id = overmind.org_id()
      and f.cache_key = p_cache_key
      and f.holder = p_holder;
    perform pg_notify('cached_call_ended', p_cache_key);
end
$$;
comment on function overmind.end_cached_call(text, uuid) is 'Ends a call that others may wait for, and tells them (NOTIFY cached_call_ended).';
revoke all on function overmind.end_cached_call(text, uuid) from public;
grant execute on function overmind.end_cached_call(text, uuid) to service_role;
