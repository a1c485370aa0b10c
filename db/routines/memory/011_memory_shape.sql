create or replace function overmind.memory_shape(p_type text, p_content text, p_was jsonb, p_at timestamptz) returns jsonb
    language plpgsql
    immutable
    parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    lines text[];
begin
    case p_type
        when 'episodic' then
            return jsonb_build_object('temporal', jsonb_build_object('at', to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
                || coalesce(p_was, '{}') || jsonb_build_object('event', p_content);
        when 'semantic' then
            return coalesce(p_was, '{}') || case
                when strpos(p_content, ': ') between 2 and 101
                then jsonb_build_object(
                    'concept', left(p_content, strpos(p_content, ': ') - 1), 'definition', substr(p_content, strpos(p_content, ': ') + 2))
                else jsonb_build_object('concept', coalesce(overmind.title_of(p_content), ''), 'definition', p_content)
            end;
        when 'procedural' then
            lines := array(
                select l.line
                from regexp_split_to_table(p_content, '\s*[\r\n]+\s*') with ordinality as l (line, place)
                where l.line <> ''
                order by l.place);
            return coalesce(p_was, '{}') || jsonb_build_object(
                'skill', coalesce(rtrim(lines[1], ': '), ''),
                'steps', to_jsonb(array(
                    select regexp_replace(s.step, '^\s*(\d+[.)]|[-*])\s+', '')
                    from unnest(case when cardinality(lines) > 1 then lines[2:] else lines end) with ordinality as s (step, place)
                    order by s.place)));
        when 'working' then
            lines := array(
                select l.line
                from regexp_split_to_table(p_content, '\s*[\r\n]+\s*') with ordinality as l (line, place)
                where l.line <> ''
                order by l.place);
            return jsonb_build_object('capacity', greatest(10, cardinality(lines))) || coalesce(p_was, '{}') || jsonb_build_object('items', lines);
        else
            return coalesce(p_was, '{}');
    end case;
end
$$;
comment on function overmind.memory_shape(text, text, jsonb, timestamptz) is
    'The shape of a memory that came as words. An episode is its text, at p_at; what stands before the first colon is the concept of a fact, else its first words are; the first line names the skill and the others are its steps; each line is an item at hand, of at most 10 unless there are more. What p_was has besides stays.';
