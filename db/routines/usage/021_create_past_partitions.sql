create or replace function overmind.create_past_partitions(p_from timestamptz) returns void
    language sql
    security definer
    set search_path = pg_catalog, pg_temp
as $$
    select overmind.create_partitions(greatest(p_from, '2000-01-01 00:00:00+00'), clock_timestamp())
$$;
comment on function overmind.create_past_partitions(timestamptz) is 'Makes the monthly partitions of the past since p_from; for imports.';
revoke all on function overmind.create_past_partitions(timestamptz) from public;
grant execute on function overmind.create_past_partitions(timestamptz) to service_role;
