-- Counting 100,000 rows takes 10 ms, asking what the planner thinks 0.2.
create or replace function overmind.estimated_rows(p_select text) returns bigint
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    plan json;
begin
    execute 'explain (format json) ' || p_select into plan;
    return (plan -> 0 -> 'Plan' ->> 'Plan Rows')::bigint;
end
$$;
comment on function overmind.estimated_rows(text) is 'How many rows a select has, as the planner estimates.';
revoke all on function overmind.estimated_rows(text) from public;
