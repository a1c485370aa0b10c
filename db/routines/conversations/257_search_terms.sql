-- A question is no list of words that all are to be there: each is looked for by itself. 32 of them; what stands after that adds nothing but time.
-- While texts are indexed in another language than they were, both are asked for.
create or replace function overmind.search_terms(p_text text) returns tsquery[]
    language sql
    stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select array_agg(('''' || replace(replace(w.lexeme, '\', '\\'), '''', '''''') || '''')::tsquery order by w.place)
    from (
        select d.lexeme, min(d.place) as place
        from (
            select overmind.search_language(o.settings) as now, coalesce(o.indexed_language, 'simple') as indexed
            from public.organizations o
            where o.id = overmind.org_id()) as l
        cross join lateral (
            select t.lexeme, t.positions[1] as place from unnest(to_tsvector(('pg_catalog.' || l.now)::regconfig, p_text)) as t
            union all
            select t.lexeme, t.positions[1] from unnest(to_tsvector(('pg_catalog.' || l.indexed)::regconfig, p_text)) as t where l.indexed <> l.now) as d
        group by d.lexeme
        order by min(d.place)
        limit 32) as w
$$;
comment on function overmind.search_terms(text) is 'The words of a question, in the language of the caller''s organization, each as a query of its own; null: there are none.';
revoke all on function overmind.search_terms(text) from public;
