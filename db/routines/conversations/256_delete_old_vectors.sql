-- Definer, because it sweeps all organizations.
create or replace function overmind.delete_old_vectors(p_before date, p_limit integer default 10000) returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    deleted bigint;
begin
    delete from overmind.embedding_cache c
    where c.ctid = any (array(select o.ctid from overmind.embedding_cache o where o.used_on < p_before limit p_limit));
    get diagnostics deleted = row_count;
    return deleted;
end
$$;
comment on function overmind.delete_old_vectors(date, integer) is 'Forgets vectors that nobody asked for since p_before, up to p_limit. Returns how many.';
revoke all on function overmind.delete_old_vectors(date, integer) from public;
grant execute on function overmind.delete_old_vectors(date, integer) to service_role;
