-- Definer, because the table is private.
create or replace function overmind.note_embedding_migration(p_id uuid, p_job_id uuid, p_embedded bigint, p_seconds double precision, p_error text) returns boolean
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    update overmind.embedding_migrations g
    set embedded = g.embedded + p_embedded,
        seconds = g.seconds + p_seconds,
        error = left(p_error, 2000),
        failed_at = case when p_error is not null then clock_timestamp() end
    where g.id = p_id
      and g.job_id = p_job_id
      and g.status in ('running', 'moving');
    return found;
end
$$;
comment on function overmind.note_embedding_migration(uuid, uuid, bigint, double precision, text) is
    'Counts what a job has done for a migration of the embeddings, or says why it does not get on. False: it is this job''s no more, or was cancelled.';
revoke all on function overmind.note_embedding_migration(uuid, uuid, bigint, double precision, text) from public;
grant execute on function overmind.note_embedding_migration(uuid, uuid, bigint, double precision, text) to service_role;
