create or replace function overmind.search_weight(p_settings jsonb, p_given jsonb, p_name text, p_default double precision) returns double precision
    language sql
    immutable
    parallel safe
return case
    when jsonb_typeof(p_given -> p_name) = 'number' and (p_given ->> p_name)::numeric between 0 and 10 then (p_given ->> p_name)::double precision
    when jsonb_typeof(p_settings -> 'search_weights' -> p_name) = 'number' and (p_settings -> 'search_weights' ->> p_name)::numeric between 0 and 10
        then (p_settings -> 'search_weights' ->> p_name)::double precision
    else p_default
end;
comment on function overmind.search_weight(jsonb, jsonb, text, double precision) is 'One weight of a search, 0 to 10: as asked for, else as the settings say, else the default.';
