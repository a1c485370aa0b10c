-- Definer, because it sweeps all organizations; it returns nothing of them but how much there was.
create or replace function overmind.delete_expired_cache(p_limit integer default 10000) returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    deleted bigint;
begin
    with entries as (
        delete from public.ai_response_cache c
        where c.ctid = any (array(select e.ctid from public.ai_response_cache e where e.expires_at <= clock_timestamp() limit p_limit))
        returning 1
    ),
    lookups as (
        delete from public.cache_lookups l
        where l.ctid = any (array(
            select o.ctid
            from public.organizations t
            cross join lateral (
                select n.ctid
                from public.cache_lookups n
                where n.organization_id = t.id
                  and n.created_at < clock_timestamp() - interval '400 days'
                limit p_limit) as o
            limit p_limit))
        returning 1
    ),
    flights as (
        delete from overmind.cache_flights f
        where f.expires_at < clock_timestamp() - interval '1 hour'
    )
    select (select count(*) from entries) + (select count(*) from lookups) into deleted;
    return deleted;
end
$$;
comment on function overmind.delete_expired_cache(integer) is 'Deletes answers that have expired, up to p_limit, and look-ups of more than 400 days ago, up to as many. Returns how many of both.';
revoke all on function overmind.delete_expired_cache(integer) from public;
grant execute on function overmind.delete_expired_cache(integer) to service_role;
