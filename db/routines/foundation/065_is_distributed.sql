create or replace function overmind.is_distributed(relation oid) returns boolean
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    found_one boolean;
begin
    -- pg_dist_partition exists only where Citus is installed, so that the statement must not be planned elsewhere.
    execute 'select exists (select from pg_dist_partition where logicalrelid = $1)' into found_one using relation::regclass;
    return found_one;
end
$$;
comment on function overmind.is_distributed(oid) is 'Whether Citus has distributed the table. Called only where Citus is installed.';
