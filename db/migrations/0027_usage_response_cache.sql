-- Lock: token_usage exclusively while its rows are read for a check, run_steps for a column without a rewrite. Cost: one read of the ledger; the new tables are empty.

create table ai_response_cache (
    organization_id          uuid        not null default overmind.org_id(),
    id                       uuid        not null default overmind.uuid_v7(),
    user_id                  uuid        default overmind.user_id(),
    visibility               text        not null default 'organization',
    cache_key                text        not null,
    prompt_hash              text,
    scope_hash               text,
    question                 text,
    provider                 text,
    model                    text        not null,
    quality_tier             text        not null default 'production',
    tags                     text[]      not null default '{}',
    response_content         text        not null,
    response                 jsonb,
    tokens_used              bigint,
    tokens_input             bigint,
    tokens_output            bigint,
    cost                     numeric,
    ledger_id                uuid,
    embedding                vector,
    embedding_model_provider text,
    embedding_model_name     text,
    embedding_dimensions     integer,
    hit_count                bigint      not null default 0,
    last_hit_at              timestamptz,
    expires_at               timestamptz not null default clock_timestamp() + interval '1 day',
    created_at               timestamptz not null default clock_timestamp(),
    constraint ai_response_cache_pkey primary key (organization_id, id),
    constraint ai_response_cache_cache_key_key unique (organization_id, cache_key),
    constraint ai_response_cache_organization_fkey foreign key (organization_id) references organizations (id),
    constraint ai_response_cache_cache_key_length check (length(cache_key) between 1 and 500),
    constraint ai_response_cache_cost_not_negative check (cost >= 0 and cost < 'Infinity'),
    constraint ai_response_cache_embedding_described check (
        embedding is null
        or (embedding_model_name is not null and embedding_dimensions is not distinct from vector_dims(embedding))),
    constraint ai_response_cache_hit_count_not_negative check (hit_count >= 0),
    constraint ai_response_cache_quality_tier_length check (length(quality_tier) between 1 and 64),
    constraint ai_response_cache_question_when_embedded check (embedding is null or question is not null),
    constraint ai_response_cache_response_object check (jsonb_typeof(response) = 'object'),
    constraint ai_response_cache_tags_few check (cardinality(tags) <= 16),
    constraint ai_response_cache_tokens_not_negative check (tokens_used >= 0 and tokens_input >= 0 and tokens_output >= 0),
    constraint ai_response_cache_visibility_known check (visibility in ('private', 'organization'))
) with (fillfactor = 80);
-- Inside the row as long as it fits there: what is compared is read from the page that has been read already.
alter table ai_response_cache alter column embedding set storage main;
comment on table ai_response_cache is 'Answers of models that may be given again to the same question, or to a similar one.';
comment on column ai_response_cache.organization_id is 'Tenant.';
comment on column ai_response_cache.id is 'Identity.';
comment on column ai_response_cache.user_id is 'The member whose call it was.';
comment on column ai_response_cache.visibility is 'Who reads the row: private, its member and admins, as all that the server writes, for the answer may be of a private conversation; organization, every member.';
comment on column ai_response_cache.cache_key is 'What is asked, exactly: SHA-256 of the request with all that may change the answer. SQL clients choose their own keys.';
comment on column ai_response_cache.prompt_hash is 'Digest of the question alone.';
comment on column ai_response_cache.scope_hash is 'SHA-256 of the request without the question''s words: answers of similar questions are looked for among rows of the same scope. Null: found by its key alone.';
comment on column ai_response_cache.question is 'The question''s words, of rows that are found by similar ones.';
comment on column ai_response_cache.provider is 'Provider of the model.';
comment on column ai_response_cache.model is 'The model that answered.';
comment on column ai_response_cache.quality_tier is 'What the answer is good for; found by those who ask for the same.';
comment on column ai_response_cache.tags is 'By which it can be invalidated.';
comment on column ai_response_cache.response_content is 'The answer''s text.';
comment on column ai_response_cache.response is 'The answer as it came: its pieces in order, tool calls among them, and how it finished. Null for rows of SQL clients.';
comment on column ai_response_cache.tokens_used is 'Tokens that the call used, and that each hit saves.';
comment on column ai_response_cache.tokens_input is 'Those of the prompt.';
comment on column ai_response_cache.tokens_output is 'Those of the answer.';
comment on column ai_response_cache.cost is 'What the call cost, in US dollars, and each hit saves; null: unknown.';
comment on column ai_response_cache.ledger_id is 'Row of the ledger of the call that the answer is of.';
comment on column ai_response_cache.embedding is 'Vector of the question''s words; null: found by its key alone.';
comment on column ai_response_cache.embedding_model_provider is 'Provider of the model that made the vector.';
comment on column ai_response_cache.embedding_model_name is 'Model that made the vector; vectors of different models are not compared.';
comment on column ai_response_cache.embedding_dimensions is 'Length of the vector.';
comment on column ai_response_cache.hit_count is 'How often it was given. Hits of the last second are in cache_lookups and not counted here yet.';
comment on column ai_response_cache.last_hit_at is 'When it was last given.';
comment on column ai_response_cache.expires_at is 'From then on it is not given any more; it is deleted a little later.';
comment on column ai_response_cache.created_at is 'When the answer was stored.';
create index ai_response_cache_scope_idx on ai_response_cache (organization_id, scope_hash) where scope_hash is not null;
create index ai_response_cache_expires_idx on ai_response_cache (expires_at);
-- Of the built-in embedder; docs/cache.md says how one is made for another.
create index ai_response_cache_embedding_idx on ai_response_cache using hnsw ((embedding::halfvec(256)) halfvec_cosine_ops)
    where embedding_model_provider = 'builtin' and embedding_model_name = 'glove-ngram-v1' and embedding_dimensions = 256;
select overmind.tenant_table('public.ai_response_cache', visibility => 'owner', owner_column => 'user_id');

create table cache_lookups (
    organization_id uuid             not null default overmind.org_id(),
    id              uuid             not null,
    user_id         uuid             default overmind.user_id(),
    kind            text             not null,
    entry_id        uuid,
    similarity      double precision,
    provider        text             not null,
    model           text             not null,
    tokens_saved    bigint           not null default 0,
    cost_saved      numeric,
    is_counted      boolean          not null default false,
    reported_at     timestamptz,
    reported_by     uuid,
    created_at      timestamptz      not null default clock_timestamp(),
    constraint cache_lookups_pkey primary key (organization_id, id),
    constraint cache_lookups_organization_fkey foreign key (organization_id) references organizations (id),
    constraint cache_lookups_cost_saved_not_negative check (cost_saved >= 0 and cost_saved < 'Infinity'),
    constraint cache_lookups_entry_when_hit check ((kind = 'miss') = (entry_id is null)),
    constraint cache_lookups_kind_known check (kind in ('miss', 'exact', 'semantic')),
    constraint cache_lookups_reported_when_hit check (reported_at is null or kind <> 'miss'),
    constraint cache_lookups_similarity_when_semantic check ((kind = 'semantic') = (similarity is not null)),
    constraint cache_lookups_tokens_saved_not_negative check (tokens_saved >= 0)
);
comment on table cache_lookups is 'Look-ups in ai_response_cache: what was found, and what it saved. Written with the call''s row of the ledger, and not changed but for a report that the answer was wrong.';
comment on column cache_lookups.organization_id is 'Tenant.';
comment on column cache_lookups.id is 'Identity: that of the call''s row of the ledger.';
comment on column cache_lookups.user_id is 'The member whose work it was.';
comment on column cache_lookups.kind is 'miss: the model was asked; exact: an answer to the same request was given; semantic: one to a similar question.';
comment on column cache_lookups.entry_id is 'The answer that was given; it may be gone since.';
comment on column cache_lookups.similarity is 'How near the questions were, by cosine; of semantic hits.';
comment on column cache_lookups.provider is 'Provider of the model that was meant.';
comment on column cache_lookups.model is 'The model.';
comment on column cache_lookups.tokens_saved is 'Tokens that the call would have used.';
comment on column cache_lookups.cost_saved is 'What it would have cost, in US dollars; null: nothing, or nobody knows.';
comment on column cache_lookups.is_counted is 'Whether ai_response_cache.hit_count has it.';
comment on column cache_lookups.reported_at is 'When somebody reported that the answer was wrong; null: nobody has.';
comment on column cache_lookups.reported_by is 'Who did.';
comment on column cache_lookups.created_at is 'When it was.';
create index cache_lookups_created_idx on cache_lookups (organization_id, created_at);
create index cache_lookups_pending_idx on cache_lookups (organization_id, entry_id) where not is_counted;
select overmind.tenant_table('public.cache_lookups', visibility => 'owner', owner_column => 'user_id');
-- Written once; reports and counting go by functions.
revoke update, delete on cache_lookups from authenticated, service_role;

-- Leases of seconds: after a crash of the database nobody waits for them, so that nothing is lost with them.
create unlogged table overmind.cache_flights (
    organization_id uuid        not null,
    cache_key       text        not null,
    holder          uuid        not null,
    expires_at      timestamptz not null,
    constraint cache_flights_pkey primary key (organization_id, cache_key)
);
comment on table overmind.cache_flights is 'Calls of models whose answer others wait for, who ask the same at the same time.';
comment on column overmind.cache_flights.organization_id is 'Tenant.';
comment on column overmind.cache_flights.cache_key is 'What is asked.';
comment on column overmind.cache_flights.holder is 'The call that is made.';
comment on column overmind.cache_flights.expires_at is 'By then its caller has renewed this, or is gone, and another one asks.';

alter table token_usage
    drop constraint token_usage_outcome_known,
    add constraint token_usage_outcome_known check (outcome in ('succeeded', 'failed', 'stopped', 'lost', 'blocked', 'cached'));
comment on column token_usage.outcome is 'succeeded; failed: the provider refused or broke off; stopped: the caller went away; lost: the process died; blocked: a budget did not let it be made, so that it is no call; cached: answered from ai_response_cache, which costs nothing. Null while reserved, and in rows of before.';

alter table run_steps
    add column cache text,
    add constraint run_steps_cache_known check (cache in ('exact', 'semantic'));
comment on column run_steps.cache is 'How the last answer was found in the response cache: exact or semantic; null: the model was asked.';
select overmind.tenant_table('public.run_steps', visibility => 'inherited', owner_column => 'user_id', fixed => '{run_id,step_key}');
