-- Settings are open to SQL clients: what names no language of PostgreSQL's own counts as not set. Hungarian, say, is always there; a configuration that somebody
-- made by hand may be gone after a restore, and messages could not be written then.
create or replace function overmind.search_language(p_settings jsonb) returns text
    language sql
    immutable
    parallel safe
return case
    when p_settings ->> 'search_language' = any (
        '{simple,arabic,armenian,basque,catalan,danish,dutch,english,finnish,french,german,greek,hindi,hungarian,indonesian,irish,italian,lithuanian,nepali,norwegian,portuguese,romanian,russian,serbian,spanish,swedish,tamil,turkish,yiddish}'::text[])
    then p_settings ->> 'search_language'
    else 'simple'
end;
comment on function overmind.search_language(jsonb) is 'Language in which the texts of an organization with these settings are searched: a text search configuration of PostgreSQL; simple unless set.';
