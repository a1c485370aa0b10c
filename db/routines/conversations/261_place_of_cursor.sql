create or replace function overmind.place_of_cursor(p_place bigint) returns bigint
    language plpgsql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if p_place is null then
        raise exception using errcode = 'invalid_parameter_value', constraint = 'search_after', message = 'The cursor is nothing that this search finds';
    end if;
    return p_place;
end
$$;
comment on function overmind.place_of_cursor(bigint) is 'The place of a cursor in the order of what was found; an error where it is not among it.';
revoke all on function overmind.place_of_cursor(bigint) from public;
