create or replace function overmind.title_of(content text) returns text
    language plpgsql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    line text := left(btrim(regexp_replace(substring(content from '[^\s][^\n\r]*'), '\s+', ' ', 'g')), 400);
    head text := left(line, 79);
begin
    if length(line) <= 80 then
        return line;
    end if;
    -- A word is cut only when it alone fills the title.
    return rtrim(coalesce(nullif(regexp_replace(head, '\s\S*$', ''), ''), head), ' ,;:-') || '…';
end
$$;
comment on function overmind.title_of(text) is
    'Title made from a message: its first line that is not blank, cut at a word to 80 characters at most. Null when all is blank.';
