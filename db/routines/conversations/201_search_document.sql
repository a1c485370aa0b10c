-- The first 200,000 characters: a tsvector has at most 1 MB, and a message that were all different words would be refused for it.
create or replace function overmind.search_document(p_language text, p_text text) returns tsvector
    language sql
    stable
    parallel safe
return to_tsvector(('pg_catalog.' || coalesce(p_language, 'simple'))::regconfig, left(p_text, 200000));
comment on function overmind.search_document(text, text) is 'The words of a text in a language, as the search finds them.';
