-- Lock: share row exclusive on embedding_models for an instant. Cost: creates an empty table.

create table overmind.embedding_migrations (
    id              uuid             not null default overmind.uuid_v7(),
    from_model_id   uuid             not null,
    to_model_id     uuid             not null,
    status          text             not null default 'running',
    texts           bigint           not null,
    embedded        bigint           not null default 0,
    seconds         double precision not null default 0,
    job_id          uuid,
    error           text,
    failed_at       timestamptz,
    started_at      timestamptz      not null default clock_timestamp(),
    switched_at     timestamptz,
    ended_at        timestamptz,
    constraint embedding_migrations_pkey primary key (id),
    constraint embedding_migrations_from_model_fkey foreign key (from_model_id) references embedding_models (id),
    constraint embedding_migrations_to_model_fkey foreign key (to_model_id) references embedding_models (id),
    constraint embedding_migrations_another_model check (from_model_id <> to_model_id),
    constraint embedding_migrations_status_known check (status in ('running', 'moving', 'completed', 'cancelling', 'cancelled')),
    constraint embedding_migrations_counts_not_negative check (texts >= 0 and embedded >= 0 and seconds >= 0),
    constraint embedding_migrations_error_length check (length(error) between 1 and 2000),
    constraint embedding_migrations_failed_at_when_failed check ((error is null) = (failed_at is null)),
    constraint embedding_migrations_switched_at_when_switched check ((status in ('moving', 'completed')) = (switched_at is not null)),
    constraint embedding_migrations_ended_at_when_ended check ((status in ('completed', 'cancelled')) = (ended_at is not null))
);
comment on table overmind.embedding_migrations is 'Changes of the model whose vectors are searched. Which texts are done, the texts themselves say: nothing here tells where it is.';
comment on column overmind.embedding_migrations.id is 'Identity: a UUIDv7.';
comment on column overmind.embedding_migrations.from_model_id is 'Model that was the active one.';
comment on column overmind.embedding_migrations.to_model_id is 'Model that takes its place.';
comment on column overmind.embedding_migrations.status is 'running (vectors are made, and the former model is searched), moving (the new one is searched, and its vectors move from embedding_next to embedding), completed, cancelling (vectors that were made are taken away) or cancelled.';
comment on column overmind.embedding_migrations.texts is 'Texts that had no vector of the new model when it began.';
comment on column overmind.embedding_migrations.embedded is 'Vectors that were made since; to show.';
comment on column overmind.embedding_migrations.seconds is 'How long that took, waiting between jobs not counted; to show.';
comment on column overmind.embedding_migrations.job_id is 'Job that works on it; it has no say any more when it is not being done.';
comment on column overmind.embedding_migrations.error is 'Why it does not get on; null: it does.';
comment on column overmind.embedding_migrations.failed_at is 'When that was.';
comment on column overmind.embedding_migrations.started_at is 'When it was begun.';
comment on column overmind.embedding_migrations.switched_at is 'From when on the new model is searched.';
comment on column overmind.embedding_migrations.ended_at is 'When all was done.';
create unique index embedding_migrations_current_key on overmind.embedding_migrations ((true)) where ended_at is null;
create index embedding_migrations_from_model_idx on overmind.embedding_migrations (from_model_id);
create index embedding_migrations_to_model_idx on overmind.embedding_migrations (to_model_id);
revoke all on overmind.embedding_migrations from public, anon, authenticated, service_role;
