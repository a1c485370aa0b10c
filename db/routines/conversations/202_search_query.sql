-- While texts are indexed in another language than they were, both are asked for.
create or replace function overmind.search_query(p_query text) returns tsquery
    language sql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select case when l.now = l.indexed
        then websearch_to_tsquery(('pg_catalog.' || l.now)::regconfig, p_query)
        else websearch_to_tsquery(('pg_catalog.' || l.now)::regconfig, p_query) || websearch_to_tsquery(('pg_catalog.' || l.indexed)::regconfig, p_query)
    end
    from (
        select overmind.search_language(o.settings) as now, coalesce(o.indexed_language, 'simple') as indexed
        from public.organizations o
        where o.id = overmind.org_id()) as l
$$;
comment on function overmind.search_query(text) is
    'What is asked for, in the language of the caller''s organization: words, "phrases", or, and - for what is not to be there. Without a word to look for it has no nodes.';
revoke all on function overmind.search_query(text) from public;
grant execute on function overmind.search_query(text) to authenticated, service_role;
