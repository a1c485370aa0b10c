-- What is in an array and no text is told as JSON.
create or replace function overmind.memory_words(p_type text, p_parts jsonb) returns text
    language sql
    immutable
    parallel safe
return case p_type
    when 'episodic' then p_parts ->> 'event'
    when 'semantic' then (p_parts ->> 'concept') || ': ' || (p_parts ->> 'definition')
    when 'procedural' then (p_parts ->> 'skill') || coalesce((
        select string_agg(E'\n' || s.place || '. ' || (s.step #>> '{}'), '' order by s.place)
        from jsonb_array_elements(case jsonb_typeof(p_parts -> 'steps') when 'array' then p_parts -> 'steps' end) with ordinality as s (step, place)), '')
    when 'working' then coalesce((
        select string_agg(i.item #>> '{}', E'\n' order by i.place)
        from jsonb_array_elements(case jsonb_typeof(p_parts -> 'items') when 'array' then p_parts -> 'items' end) with ordinality as i (item, place)), '')
end;
comment on function overmind.memory_words(text, jsonb) is
    'The words of a memory that came in the shape of its type: the event; concept and definition; the skill and its numbered steps; the items, one a line. Null where the shape is another.';
