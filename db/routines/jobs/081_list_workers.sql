-- For the service, which shows them to admins: the workers are the installation's.
create or replace function overmind.list_workers() returns setof overmind.workers
    language sql
    stable
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select w.*
    from overmind.workers w
    order by w.started_at
$$;
comment on function overmind.list_workers() is 'The workers that are alive.';
revoke all on function overmind.list_workers() from public;
grant execute on function overmind.list_workers() to service_role;
