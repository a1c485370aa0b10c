-- The rule of every search for words and meaning: how it came to be, and what each part of it is worth, stands in docs/embeddings.md. Called by the search_* functions
-- alone, which say what fits; so nobody else may execute it.
--   candidates  by words and by meaning the best 100 each. Of up to 2,000 texts that fit all are compared. Of more the words are weighed by how rare they are, the
--               rarest ones' texts are compared (up to 1,500), and what is nearest is found by comparing all; of more than 10,000 by the index of the model, the best 40,
--               and what stands beside these is compared too
--   relevance   the words' weights, as BM25 has them, and the cosine, each as a share of the best one's, in the mean; what has no vector yet is judged by its words
--   neighbours  a share of what stands before and after adds to it: who answers a question often repeats none of its words
--   score       of that up to a part is for freshness and importance
-- Model, dimensions and filters stand in the statements as literals, so that the partial index of the model is found and the planner knows the tenant.
create or replace function overmind.search_ranked(
    p_of text, p_fits text, p_keeps text, p_recency text, p_importance text, p_text text, p_vector vector, p_model text, p_weights jsonb)
    returns table (
        id uuid, score double precision, text_score double precision, text_rank bigint, vector_score double precision, vector_rank bigint,
        recency double precision, importance double precision, neighbours double precision, words text[], is_complete boolean)
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
    set jit = off
as $$
declare
    org         constant uuid := overmind.org_id();
    few         constant integer := 2000;
    sample      constant integer := 1000;
    best        constant integer := 100;
    nearest     integer := 100;
    base        constant text := format('from public.%I t where t.organization_id = %L and t.deleted_at is null and (%s)', p_of, org, p_fits);
    of_ids      constant text := format('from public.%I t where t.organization_id = %L and t.id = any ($1)', p_of, org);
    active      public.embedding_models;
    weight      record;
    terms       tsquery[] := overmind.search_terms(p_text);
    counts      text;
    newest      text;
    pool        uuid[];
    is_few      boolean;
    total       bigint;
    shares      double precision[];
    mean_length double precision;
    rarity      double precision[];
    rare        tsquery;
    reached     bigint := 0;
    matching    bigint;
    term        record;
    text_of     text := '0::double precision';
    words_of    text := '''{}''::text[]';
    vector_of   text := 'null::double precision';
    by_words    uuid[] := '{}';
    by_meaning  uuid[] := '{}';
    by_side     uuid[] := '{}';
    keys        text := '';
    beside      text;
begin
    if org is null then
        return;
    end if;
    select m.* into active from public.embedding_models m where m.status = 'active';
    if p_vector is not null and (p_model, vector_dims(p_vector)) is distinct from (active.provider || '/' || active.model, active.dimensions) then
        raise exception using
            errcode = 'object_not_in_prerequisite_state', constraint = 'search_model', message = 'The vector is not of the model whose vectors are searched';
    end if;
    select w.* into weight
    from public.organizations o
    cross join lateral overmind.search_weights(o.settings, p_weights) as w
    where o.id = org;

    select 'array[' || string_agg(format('count(*) filter (where f.tsv @@ %L::tsquery)', q.term), ', ' order by q.place) || ']::double precision[]' into counts
    from unnest(terms) with ordinality as q (term, place);
    if counts is null and p_vector is null then
        return;
    end if;
    newest := format('select array_agg(f.id), %s, avg(length(f.tsv)) from (select t.id, t.tsv %s order by t.id desc limit $1) as f', coalesce(counts, 'null::double precision[]'), base);
    execute newest into pool, shares, mean_length using sample;
    if pool is null then
        return;
    end if;
    is_few := cardinality(pool) < sample;
    if not is_few then
        total := overmind.estimated_rows('select ' || base);
        -- Looking at 2,000 takes twice as long: only where there may be no more.
        if total < 4 * few then
            execute newest into pool, shares, mean_length using few + 1;
            is_few := cardinality(pool) <= few;
        end if;
        total := case when not is_few then greatest(few + 1, total) end;
    end if;

    if terms is not null then
        -- What the newest hardly have is counted by the index.
        for term in select q.term, q.place from unnest(terms) with ordinality as q (term, place) loop
            shares[term.place] := shares[term.place] / cardinality(pool);
            if not is_few and shares[term.place] < 0.01 then
                execute format('select count(*) from (select %s and t.tsv @@ %L::tsquery and t.tsv is not null limit 1000) as f', base, term.term) into matching;
                shares[term.place] := matching::double precision / total;
            end if;
            -- Above 0 also for a word that all have: what nothing else tells apart is found by it.
            rarity[term.place] := ln(1 + (1 - shares[term.place] + 0.5 / coalesce(total, cardinality(pool))) / (shares[term.place] + 0.5 / coalesce(total, cardinality(pool))));
        end loop;
        select
            '(' || string_agg(format('%s * coalesce(ts_rank(''{1,1,1,1}'', t.tsv, %L::tsquery), 0)', rarity[q.place], q.term), ' + ' order by q.place)
                || format(') / 0.6079271 / (0.25 + 0.75 * sqrt(length(t.tsv) / %s::double precision))', greatest(mean_length, 1)),
            'array_remove(array[' || string_agg(
                format('case when t.tsv @@ %L::tsquery then %L end', q.term, replace(btrim(q.term::text, ''''), '''''', '''')), ', ' order by q.place) || ']::text[], null)'
        into text_of, words_of
        from unnest(terms) with ordinality as q (term, place);
    end if;
    if p_vector is not null then
        vector_of := format(
            'case when t.embedding_model_provider = %1$L and t.embedding_model_name = %2$L and t.embedding_dimensions = %3$s then 1 - (t.embedding <=> $3)%4$s end',
            active.provider, active.model, active.dimensions,
            case when active.in_next then format(' when t.embedding_next_model = %L then 1 - (t.embedding_next <=> $3)', p_model) else '' end);
    end if;

    if weight.neighbours > 0 and p_of in ('messages', 'memories') then
        select
            (select string_agg(format(', t.%I', k.name), '') from unnest(b.keys || b.place) as k (name) where k.name <> 'id'),
            format(
                $sql$
                select s.id, n.id as beside
                from seed s
                cross join lateral (
                    (select b.id from public.%1$I b where b.organization_id = %2$L and b.deleted_at is null and %3$s and b.%4$I < s.%4$I order by b.%4$I desc limit 1)
                    union all
                    (select b.id from public.%1$I b where b.organization_id = %2$L and b.deleted_at is null and %3$s and b.%4$I > s.%4$I order by b.%4$I limit 1)) as n
                $sql$, p_of, org, (select string_agg(format('b.%1$I = s.%1$I', k.name), ' and ') from unnest(b.keys) as k (name)), b.place)
        into keys, beside
        from (values
            ('messages', '{conversation_id,branch}'::text[], 'seq'),
            ('memories', '{source_conversation_id,user_id,visibility}', 'id')) as b (of_table, keys, place)
        where b.of_table = p_of;
    end if;

    if is_few then
        execute format(
            $sql$
            with fitting as materialized (select t.id, %1$s as words, %2$s as meaning %3$s)
            select
                array(select f.id from fitting f where f.words > 0 order by f.words desc, f.id desc limit %4$s),
                array(select f.id from fitting f where f.meaning is not null order by f.meaning desc, f.id desc limit %4$s)
            $sql$, text_of, vector_of, of_ids, best)
        into by_words, by_meaning
        using pool, null::boolean, p_vector;
    else
        if terms is not null then
            -- The rarest words whose texts can be looked at one by one; a text that has none of them is not among the best by words.
            for term in select q.term, shares[q.place] * total as texts from unnest(terms) with ordinality as q (term, place) order by shares[q.place] loop
                exit when rare is not null and reached + term.texts > 1500;
                rare := case when rare is null then term.term else rare || term.term end;
                reached := reached + term.texts::bigint;
            end loop;
            execute format(
                case when reached > 3000
                    then 'select array_agg(f.id) from (select w.id from (select t.id, t.tsv %1$s order by t.id desc limit 10000) as w where w.tsv @@ %2$L::tsquery limit 1500) as f'
                    else 'with f as materialized (select t.id %1$s and t.tsv @@ %2$L::tsquery and t.tsv is not null limit 3000) select array_agg(f.id) from f'
                end, base, rare)
            into by_words;
            execute format('select array(select f.id from (select t.id, %s as words %s) as f order by f.words desc, f.id desc limit %s)', text_of, of_ids, best)
            into by_words
            using by_words;
        end if;
        if p_vector is not null then
            -- The index is walked past what is others', ten steps for each of a tenth's own. With what stands beside them 40 find as much as 100 without.
            if total > 10000 then
                nearest := 40;
            end if;
            -- Not fixed above: where pgvector is not loaded yet, only a superuser may make such a function. It ends with the transaction.
            perform set_config('hnsw.iterative_scan', 'relaxed_order', true);
            perform set_config('hnsw.ef_search', best::text, true);
            perform set_config('hnsw.max_scan_tuples', '40000', true);
            -- That nothing is added keeps the index out: it would find less among few, and later.
            -- Where vectors come from before where they go to: one that moves meanwhile is found in the second at the latest.
            if active.in_next then
                execute format(
                    'select array(select t.id %1$s and t.embedding_next_model = %2$L order by (t.embedding_next::halfvec(%3$s) <=> $1::halfvec(%3$s))%4$s limit %5$s)',
                    base, p_model, active.dimensions, case when total <= 10000 then ' + 0' else '' end, nearest)
                into by_meaning
                using p_vector;
            end if;
            execute format(
                'select $2 || array(select t.id %1$s and t.embedding_model_provider = %2$L and t.embedding_model_name = %3$L and t.embedding_dimensions = %4$s order by (t.embedding::halfvec(%4$s) <=> $1::halfvec(%4$s))%5$s limit %6$s)',
                base, active.provider, active.model, active.dimensions, case when total <= 10000 then ' + 0' else '' end, nearest)
            into by_meaning
            using p_vector, by_meaning;
            if beside is not null then
                execute format(
                    'with seed as (select t.id%s %s), near as (%s) select array_agg(t.id) %s and t.id = any (array(select n.beside from near n))', keys, of_ids, beside, base)
                into by_side
                using by_meaning;
            end if;
        end if;
    end if;

    -- Each text is scored once, also where it stands beside several; and what is as long as a vector is carried nowhere.
    return query execute format(
        $sql$
        with seed as materialized (select t.id, %4$s as freshness, %5$s as weightiness, %3$s as words_found%8$s %6$s and (%7$s)),
        near as materialized (%9$s),
        scored as materialized (
            select t.id, %1$s as words, %2$s as meaning
            from public.%10$I t
            where t.organization_id = %11$L and t.id = any (array(select s.id from seed s union select n.beside from near n))),
        most as materialized (
            select greatest(max(c.words), 1e-9) as words, greatest(max(c.meaning), 1e-9) as meaning
            from scored c
            join seed s on s.id = c.id),
        own as materialized (
            select c.id, %12$s * c.words / m.words + %13$s * case when c.meaning is null then c.words / m.words else greatest(c.meaning, 0) / m.meaning end as score
            from scored c
            cross join most m),
        rated as (
            select s.id, c.words as words_score, c.meaning as meaning_score, s.words_found, s.freshness, s.weightiness, o.score as own, coalesce(b.score, 0) as beside
            from seed s
            join scored c on c.id = s.id
            join own o on o.id = s.id
            left join (select n.id, sum(o.score) as score from near n join own o on o.id = n.beside group by n.id) as b on b.id = s.id)
        select r.id,
            (r.own + %14$s * r.beside) / %15$s * (1 + %16$s * r.freshness + %17$s * r.weightiness) / (1 + %16$s + %17$s),
            r.words_score,
            case when r.words_score > 0 then rank() over (order by r.words_score desc) end,
            r.meaning_score,
            case when r.meaning_score is not null then rank() over (order by r.meaning_score desc nulls last) end,
            r.freshness, r.weightiness, %14$s * r.beside / %15$s, r.words_found, $2
        from rated r
        order by 2 desc, 1 desc
        $sql$,
        text_of, vector_of, words_of, p_recency, p_importance, of_ids, p_keeps, keys, coalesce(beside, 'select null::uuid as id, null::uuid as beside limit 0'), p_of, org,
        weight.text, case when p_vector is null then 0 else weight.vector end, weight.neighbours,
        greatest(
            (case when terms is not null then weight.text else 0 end + case when p_vector is not null then weight.vector else 0 end)
                * (1 + case when beside is null then 0 else 2 * weight.neighbours end),
            1e-9),
        weight.recency, weight.importance)
    using by_words || by_meaning || by_side, cardinality(by_words) < best and cardinality(by_meaning) < nearest, p_vector;
end
$$;
comment on function overmind.search_ranked(text, text, text, text, text, text, vector, text, jsonb) is
    'The best messages, conversations or memories of the caller''s organization by words and by meaning, of those that p_fits, with all that their score is made of. For the search_* functions, which say who sees what.';
revoke all on function overmind.search_ranked(text, text, text, text, text, text, vector, text, jsonb) from public;
