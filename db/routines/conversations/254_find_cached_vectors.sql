-- Definer, because the table is private: who asks what was embedded learns what others wrote.
create or replace function overmind.find_cached_vectors(p_model text, p_hashes bytea[]) returns table (text_hash bytea, embedding vector)
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update overmind.embedding_cache c
    set used_on = current_date
    where c.organization_id = overmind.org_id()
      and c.model = p_model
      and c.text_hash = any (p_hashes)
      and c.used_on < current_date;
    select c.text_hash, c.embedding
    from overmind.embedding_cache c
    where c.organization_id = overmind.org_id()
      and c.model = p_model
      and c.text_hash = any (p_hashes)
$$;
comment on function overmind.find_cached_vectors(text, bytea[]) is 'Vectors that a model made already of texts of the caller''s organization, by the SHA-256 of the text.';
revoke all on function overmind.find_cached_vectors(text, bytea[]) from public;
grant execute on function overmind.find_cached_vectors(text, bytea[]) to service_role;
