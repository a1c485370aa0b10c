-- Definer, because the table is private. A job that is not being done any more has lost it: the queue knows which workers have died.
create or replace function overmind.take_embedding_migration(p_job_id uuid)
    returns table (id uuid, status text, provider text, model text, dimensions integer, version text, moves boolean)
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update overmind.embedding_migrations g
    set job_id = p_job_id
    from public.embedding_models m
    where g.ended_at is null
      and m.id = g.to_model_id
      and (
        g.job_id is null
        or g.job_id = p_job_id
        or not exists (select from public.jobs j where j.id = g.job_id and j.status = 'processing'))
    returning g.id, g.status, m.provider, m.model, m.dimensions, m.version,
        -- By then no search is under way that began with the former model, and no node writes its vectors any more.
        g.status = 'cancelling' or coalesce(g.switched_at < clock_timestamp() - interval '20 seconds', false)
$$;
comment on function overmind.take_embedding_migration(uuid) is
    'Gives the migration of the embeddings to a job, unless another one works on it. No row: there is nothing to do.';
revoke all on function overmind.take_embedding_migration(uuid) from public;
grant execute on function overmind.take_embedding_migration(uuid) to service_role;
