-- Definer, because an answer serves all members of the organization, and its row is read by one of them: it may be of a private conversation. Who gives the
-- key has asked the same. In plpgsql, whose plan lasts as long as the session.
create or replace function overmind.find_cached_response(p_cache_key text)
    returns table (entry_id uuid, response text, tokens_used bigint, cost numeric)
    language plpgsql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    return query
    select c.id, c.response::text, c.tokens_used, c.cost
    from public.ai_response_cache c
    where c.organization_id = overmind.org_id()
      and c.cache_key = p_cache_key
      and c.response is not null
      and c.expires_at > clock_timestamp();
end
$$;
comment on function overmind.find_cached_response(text) is 'The answer to the very same request, of the caller''s organization; no row when there is none.';
revoke all on function overmind.find_cached_response(text) from public;
grant execute on function overmind.find_cached_response(text) to service_role;
