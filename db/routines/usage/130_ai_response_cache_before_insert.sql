-- Definer, because the expired row may be another member's, whom the caller does not see. Of the caller's organization alone, and only what nobody is given any more.
create or replace function overmind.ai_response_cache_before_insert() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    delete from public.ai_response_cache c
    where c.organization_id = new.organization_id
      and c.organization_id = coalesce(overmind.org_id(), c.organization_id)
      and c.cache_key = new.cache_key
      and c.expires_at <= clock_timestamp();
    return new;
end
$$;
comment on function overmind.ai_response_cache_before_insert() is 'Trigger: an answer that has expired makes room for the new one of the same key.';
revoke all on function overmind.ai_response_cache_before_insert() from public;

create or replace trigger ai_response_cache_before_insert before insert on public.ai_response_cache
    for each row execute function overmind.ai_response_cache_before_insert();
