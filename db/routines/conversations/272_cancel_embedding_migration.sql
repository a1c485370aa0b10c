-- Nobody's to call but the schema's owner, as start_embedding_migration. Once the model has changed there is nothing to go back to but another migration.
create or replace function overmind.cancel_embedding_migration() returns uuid
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    current overmind.embedding_migrations;
begin
    select g.* into current from overmind.embedding_migrations g where g.ended_at is null for update;
    if current.status is null or current.status = 'cancelling' then
        raise exception using errcode = 'object_not_in_prerequisite_state', constraint = 'embedding_migrations_none', message = 'The embeddings are not being migrated';
    end if;
    if current.status <> 'running' then
        raise exception using errcode = 'object_not_in_prerequisite_state', constraint = 'embedding_migrations_switched', message = 'The new model is searched already';
    end if;
    update public.embedding_models m set status = 'old' where m.id = current.to_model_id;
    update overmind.embedding_migrations g
    set status = 'cancelling', error = null, failed_at = null
    where g.id = current.id;
    return current.id;
end
$$;
comment on function overmind.cancel_embedding_migration() is 'Gives the migration of the embeddings up: the active model stays, and a job takes away what was made. Returns the migration.';
revoke all on function overmind.cancel_embedding_migration() from public;
