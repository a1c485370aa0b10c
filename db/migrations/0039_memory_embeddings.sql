-- Lock: access exclusive on messages, conversations and memories while their partial indexes are built. Cost: one scan of each for the texts without a vector; no table is rewritten. Some seconds for 10 million messages.

-- Which model's vectors are searched is a fact of the database: a node that is configured otherwise must not compare what cannot be compared.
create table embedding_models (
    id           uuid        not null default overmind.uuid_v7(),
    provider     text        not null,
    model        text        not null,
    dimensions   integer     not null,
    version      text        not null,
    status       text        not null,
    in_next      boolean     not null default false,
    created_at   timestamptz not null default clock_timestamp(),
    activated_at timestamptz,
    constraint embedding_models_pkey primary key (id),
    constraint embedding_models_provider_length check (length(provider) between 1 and 100),
    constraint embedding_models_model_length check (length(model) between 1 and 200),
    constraint embedding_models_dimensions_range check (dimensions between 1 and 16000),
    constraint embedding_models_version_length check (length(version) between 1 and 200),
    constraint embedding_models_status_known check (status in ('active', 'next', 'old')),
    constraint embedding_models_activated_at_when_active check (status <> 'active' or activated_at is not null),
    constraint embedding_models_in_next_when_active check (not in_next or status = 'active')
);
comment on table embedding_models is 'Models whose vectors stand beside texts, for all organizations: the one that searches compare, and the one that takes its place.';
comment on column embedding_models.id is 'Identity: a UUIDv7.';
comment on column embedding_models.provider is 'Provider of the model.';
comment on column embedding_models.model is 'Its name at the provider.';
comment on column embedding_models.dimensions is 'Length of its vectors.';
comment on column embedding_models.version is 'Its version; vectors are comparable only within one.';
comment on column embedding_models.status is 'active (searches compare its vectors; one is), next (vectors of it are being made; at most one is) or old.';
comment on column embedding_models.in_next is 'Of the active one: whether some of its vectors stand in embedding_next still.';
comment on column embedding_models.created_at is 'When it was first heard of.';
comment on column embedding_models.activated_at is 'When it became the active one; null: it never was.';
create unique index embedding_models_status_key on embedding_models (status) where status <> 'old';
create unique index embedding_models_model_key on embedding_models (provider, model, version, dimensions);
alter table embedding_models enable row level security;
create policy known_to_all on embedding_models for select to anon, authenticated, service_role using (true);
revoke all on embedding_models from public, anon, authenticated, service_role;
grant select on embedding_models to anon, authenticated, service_role;

alter table messages
    add column embedding_next       vector,
    add column embedding_next_model text,
    add constraint messages_embedding_next_described check ((embedding_next is null) = (embedding_next_model is null));
comment on column messages.embedding_next is 'Vector by the model that takes the place of the active one, or has just taken it; null but for a migration of the embeddings.';
comment on column messages.embedding_next_model is 'That model, as provider/model.';
alter table conversations
    add column embedding_next       vector,
    add column embedding_next_model text,
    add constraint conversations_embedding_next_described check ((embedding_next is null) = (embedding_next_model is null));
comment on column conversations.embedding_next is 'Vector by the model that takes the place of the active one, or has just taken it; null but for a migration of the embeddings.';
comment on column conversations.embedding_next_model is 'That model, as provider/model.';
alter table memories
    add column embedding_next       vector,
    add column embedding_next_model text,
    add constraint memories_embedding_next_described check ((embedding_next is null) = (embedding_next_model is null));
comment on column memories.embedding_next is 'Vector by the model that takes the place of the active one, or has just taken it; null but for a migration of the embeddings.';
comment on column memories.embedding_next_model is 'That model, as provider/model.';
select overmind.tenant_table(
    'public.messages', visibility => 'inherited', owner_column => 'user_id',
    fixed => '{conversation_id,seq,role,parent_message_id,branch,session_id,version_number,changed_by,change_reason,tsv,moderation_status,moderation_flags,moderated_at,embedding_next,embedding_next_model}');
select overmind.tenant_table(
    'public.conversations', visibility => 'owner', owner_column => 'user_id', fixed => '{tsv,forked_from_conversation_id,forked_from_message_id,embedding_next,embedding_next_model}');
select overmind.tenant_table(
    'public.memories', visibility => 'owner', owner_column => 'user_id',
    fixed => '{owner_type,owner_id,agent_id,project_id,memory_type,content_hash,source,source_conversation_id,source_message_id,source_branch,tsv,embedding_dimensions,embedded_at,embedding_next,embedding_next_model,version_number,changed_by,changed_at,change_reason,created_by,created_at}');

-- One index a model, over what is searched: the built-in one's are made here, those of another when the embeddings are migrated to it.
create index messages_builtin_glove_ngram_v1_idx on messages using hnsw ((embedding::halfvec(256)) halfvec_cosine_ops)
    where embedding_model_provider = 'builtin' and embedding_model_name = 'glove-ngram-v1' and embedding_dimensions = 256 and deleted_at is null;
create index conversations_builtin_glove_ngram_v1_idx on conversations using hnsw ((embedding::halfvec(256)) halfvec_cosine_ops)
    where embedding_model_provider = 'builtin' and embedding_model_name = 'glove-ngram-v1' and embedding_dimensions = 256 and deleted_at is null;
create index memories_builtin_glove_ngram_v1_idx on memories using hnsw ((embedding::halfvec(256)) halfvec_cosine_ops)
    where embedding_model_provider = 'builtin' and embedding_model_name = 'glove-ngram-v1' and embedding_dimensions = 256 and deleted_at is null;
-- What has no vector yet, for the job that makes them.
create index messages_unembedded_idx on messages (organization_id, id) where embedding is null and content <> '' and deleted_at is null;
create index conversations_unembedded_idx on conversations (organization_id, id) where embedding is null and title <> '' and deleted_at is null;
create index memories_unembedded_idx on memories (organization_id, id) where embedding is null and content <> '' and deleted_at is null;
-- Conversations that are deleted and not purged: what is in them is not found.
create index conversations_deleted_idx on conversations (organization_id, id) where deleted_at is not null;
-- What was learned of a conversation, one after the other: what stands beside a hit counts.
drop index memories_source_conversation_idx;
create index memories_source_conversation_idx on memories (organization_id, source_conversation_id, id) where source_conversation_id is not null;

-- The same text is embedded once. Of remote models alone: a local one is faster than a look-up.
create table overmind.embedding_cache (
    organization_id uuid        not null,
    model           text        not null,
    text_hash       bytea       not null,
    embedding       vector      not null,
    used_on         date        not null default current_date,
    constraint embedding_cache_pkey primary key (organization_id, model, text_hash),
    constraint embedding_cache_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
    constraint embedding_cache_text_hash_length check (octet_length(text_hash) = 32)
);
comment on table overmind.embedding_cache is 'Vectors that a provider made, by the text that they are of, so that it is asked once.';
comment on column overmind.embedding_cache.organization_id is 'Tenant.';
comment on column overmind.embedding_cache.model is 'Model, as provider/model.';
comment on column overmind.embedding_cache.text_hash is 'SHA-256 of the text.';
comment on column overmind.embedding_cache.embedding is 'Its vector.';
comment on column overmind.embedding_cache.used_on is 'When it was last asked for; swept 30 days later.';
create index embedding_cache_used_on_idx on overmind.embedding_cache (used_on);

-- A memory that everybody uses is no row that everybody waits for: uses are appended, and counted together each minute.
create table overmind.memory_accesses (
    organization_id uuid        not null,
    memory_id       uuid        not null,
    accessed_at     timestamptz not null default clock_timestamp()
);
comment on table overmind.memory_accesses is 'Uses of memories that are not counted yet.';
comment on column overmind.memory_accesses.organization_id is 'Tenant.';
comment on column overmind.memory_accesses.memory_id is 'The memory.';
comment on column overmind.memory_accesses.accessed_at is 'When it was used.';
