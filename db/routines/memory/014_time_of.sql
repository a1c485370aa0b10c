create or replace function overmind.time_of(p_text text) returns timestamptz
    language plpgsql
    stable
    parallel restricted
    set search_path = pg_catalog, pg_temp
as $$
declare
    v_time timestamptz;
begin
    v_time := p_text::timestamptz;
    return case when isfinite(v_time) then v_time end;
exception
    when data_exception then
        return null;
end
$$;
comment on function overmind.time_of(text) is 'The time that a text tells; null where it tells none.';
