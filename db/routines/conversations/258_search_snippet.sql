-- Told what the words are, and not the question: the function is asked for each of a page, and making the words of a question takes longer than marking them.
create or replace function overmind.search_snippet(p_settings jsonb, p_text text, p_query text) returns text
    language sql
    stable
return ts_headline(
    ('pg_catalog.' || overmind.search_language(p_settings))::regconfig, translate(left(p_text, 32768), chr(2) || chr(3), ''), p_query::tsquery,
    'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxFragments=2, MinWords=8, MaxWords=24, FragmentDelimiter=" … "');
comment on function overmind.search_snippet(jsonb, text, text) is
    'The text around the words that a question has (p_query: a tsquery), up to two places of it, or its beginning; what matched stands between the characters STX and ETX.';
revoke all on function overmind.search_snippet(jsonb, text, text) from public;
