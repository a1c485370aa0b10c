-- Nobody's to call but the schema's owner, on the machine of the instance: what is searched is the installation's.
create or replace function overmind.start_embedding_migration(p_provider text, p_model text, p_dimensions integer, p_version text, p_texts bigint) returns uuid
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    active public.embedding_models;
    next   uuid;
    made   uuid;
begin
    select m.* into active from public.embedding_models m where m.status = 'active' for update;
    if active.id is null then
        raise exception using errcode = 'object_not_in_prerequisite_state', constraint = 'embedding_migrations_from',
            message = 'Nothing was ever embedded';
    end if;
    if exists (select from overmind.embedding_migrations g where g.ended_at is null) then
        raise exception using errcode = 'object_not_in_prerequisite_state', constraint = 'embedding_migrations_current_key',
            message = 'The embeddings are being migrated';
    end if;
    if (active.provider, active.model, active.dimensions) = (p_provider, p_model, p_dimensions) then
        -- Rows name model and dimensions alone: vectors of two versions could not be told apart.
        raise exception using errcode = 'object_not_in_prerequisite_state',
            constraint = case when active.version = p_version then 'embedding_migrations_another_model' else 'embedding_migrations_another_name' end,
            message = 'It is the active model';
    end if;
    insert into public.embedding_models (provider, model, dimensions, version, status)
    values (p_provider, p_model, p_dimensions, p_version, 'next')
    on conflict (provider, model, version, dimensions) do update set status = 'next'
    returning id into next;
    insert into overmind.embedding_migrations (from_model_id, to_model_id, texts)
    values (active.id, next, p_texts)
    returning id into made;
    return made;
end
$$;
comment on function overmind.start_embedding_migration(text, text, integer, text, bigint) is 'Begins to put a model in the place of the active one: a job makes its vectors. Returns the migration.';
revoke all on function overmind.start_embedding_migration(text, text, integer, text, bigint) from public;
