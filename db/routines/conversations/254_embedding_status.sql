-- Definer, because it counts over all organizations; numbers only.
create or replace function overmind.embedding_status() returns table (of text, embedded bigint, waiting bigint)
    language sql
    stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select 'messages', count(*) filter (where m.embedding is not null), count(*) filter (where m.embedding is null and m.content <> '')
    from public.messages m where m.deleted_at is null
    union all
    select 'conversations', count(*) filter (where c.embedding is not null), count(*) filter (where c.embedding is null and c.title <> '')
    from public.conversations c where c.deleted_at is null
    union all
    select 'memories', count(*) filter (where y.embedding is not null), count(*) filter (where y.embedding is null and y.content <> '')
    from public.memories y where y.deleted_at is null
$$;
comment on function overmind.embedding_status() is 'How many texts of all organizations have their vector, and how many wait for it.';
revoke all on function overmind.embedding_status() from public;
grant execute on function overmind.embedding_status() to service_role;
