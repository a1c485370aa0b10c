-- Lock: none on existing tables. Cost: creates empty tables.

create table conversations (
    organization_id          uuid        not null default overmind.org_id(),
    id                       uuid        not null default overmind.uuid_v7(),
    user_id                  uuid        not null default overmind.user_id(),
    visibility               text        not null default 'private',
    project_id               uuid,
    title                    text        not null default 'New Conversation',
    workflow_id              uuid,
    quality_threshold        double precision,
    max_n2_iterations        integer,
    cost_cap_usd             numeric,
    model_provider           text,
    model_name               text,
    max_context_tokens       integer,
    auto_prune               boolean     not null default false,
    prune_strategy           text        not null default 'fifo',
    prune_margin_ratio       double precision not null default 0.90,
    rolling_tokens           bigint      not null default 0,
    last_pruned_at           timestamptz,
    status                   text        not null default 'active',
    is_archived              boolean     not null default false,
    message_count            integer     not null default 0,
    last_seq                 bigint      not null default 0,
    tags                     text[]      not null default '{}',
    folder                   text,
    metadata                 jsonb       not null default '{}',
    embedding                vector,
    embedding_model_provider text,
    embedding_model_name     text,
    embedding_dimensions     integer,
    last_activity_at         timestamptz not null default clock_timestamp(),
    created_at               timestamptz not null default clock_timestamp(),
    updated_at               timestamptz not null default clock_timestamp(),
    deleted_at               timestamptz,
    constraint conversations_pkey primary key (organization_id, id),
    constraint conversations_organization_fkey foreign key (organization_id) references organizations (id),
    constraint conversations_owner_fkey foreign key (organization_id, user_id) references organization_members (organization_id, user_id),
    constraint conversations_project_fkey foreign key (organization_id, project_id) references projects (organization_id, id),
    constraint conversations_visibility_known check (visibility in ('private', 'organization')),
    constraint conversations_title_length check (length(title) between 1 and 500),
    constraint conversations_quality_threshold_range check (quality_threshold between 0 and 10),
    constraint conversations_max_n2_iterations_range check (max_n2_iterations between 1 and 20),
    constraint conversations_cost_cap_usd_positive check (cost_cap_usd > 0 and cost_cap_usd < 'Infinity'),
    constraint conversations_max_context_tokens_positive check (max_context_tokens > 0),
    constraint conversations_prune_strategy_known check (prune_strategy in ('fifo', 'sliding_window', 'summarize', 'hybrid')),
    constraint conversations_prune_margin_ratio_range check (prune_margin_ratio > 0 and prune_margin_ratio <= 1),
    constraint conversations_rolling_tokens_not_negative check (rolling_tokens >= 0),
    constraint conversations_status_known check (status in ('active', 'archived', 'deleted')),
    constraint conversations_archived_when_archived check (is_archived = (status = 'archived')),
    constraint conversations_deleted_at_when_deleted check ((status = 'deleted') = (deleted_at is not null)),
    constraint conversations_message_count_not_negative check (message_count >= 0),
    constraint conversations_last_seq_not_negative check (last_seq >= 0),
    constraint conversations_folder_length check (length(folder) between 1 and 255),
    constraint conversations_metadata_object check (jsonb_typeof(metadata) = 'object'),
    constraint conversations_embedding_described check (
        embedding is null
        or (embedding_model_name is not null and embedding_dimensions is not distinct from vector_dims(embedding)))
) with (fillfactor = 80);
comment on table conversations is 'A conversation of a person with the product.';
comment on column conversations.organization_id is 'Tenant.';
comment on column conversations.id is 'Identity: a UUIDv7.';
comment on column conversations.user_id is 'Owner.';
comment on column conversations.visibility is 'private (owner and admins see it) or organization; its messages, runs and steps follow.';
comment on column conversations.project_id is 'Project it belongs to.';
comment on column conversations.title is 'Its title; made from the first question unless given.';
comment on column conversations.workflow_id is 'Workflow that answers; null: General Problem Solving.';
comment on column conversations.quality_threshold is 'Score at which an answer is good enough, 0 to 10; null: the workflows.';
comment on column conversations.max_n2_iterations is 'Most iterations of an answer; null: the workflows.';
comment on column conversations.cost_cap_usd is 'Most that one answer may cost; null: the workflows.';
comment on column conversations.model_provider is 'Provider of the model that answers; null: the workflows.';
comment on column conversations.model_name is 'The model; null: the workflows.';
comment on column conversations.max_context_tokens is 'Size of the context window; null: the models.';
comment on column conversations.auto_prune is 'Whether messages leave the window by themselves when it is full.';
comment on column conversations.prune_strategy is 'fifo, sliding_window, summarize or hybrid.';
comment on column conversations.prune_margin_ratio is 'Share of the window at which it is pruned.';
comment on column conversations.rolling_tokens is 'Tokens of the messages in the window.';
comment on column conversations.last_pruned_at is 'When it was last pruned.';
comment on column conversations.status is 'active, archived or deleted.';
comment on column conversations.is_archived is 'Whether status is archived; either may be written.';
comment on column conversations.message_count is 'Messages that are not deleted; kept by triggers.';
comment on column conversations.last_seq is 'Number of the newest message; kept by a trigger.';
comment on column conversations.tags is 'Words to find it by.';
comment on column conversations.folder is 'Folder it is shown in.';
comment on column conversations.metadata is 'What else is known of it, as a JSON object.';
comment on column conversations.embedding is 'Vector of the text; null until it is made.';
comment on column conversations.embedding_model_provider is 'Provider of the model that made the vector.';
comment on column conversations.embedding_model_name is 'Model that made the vector; vectors of different models are not compared.';
comment on column conversations.embedding_dimensions is 'Length of the vector.';
comment on column conversations.last_activity_at is 'When the last message was added.';
comment on column conversations.created_at is 'When it was made.';
comment on column conversations.updated_at is 'When it was last changed; kept by a trigger.';
comment on column conversations.deleted_at is 'When it was deleted; set exactly when status is deleted.';
create index conversations_owner_idx on conversations (organization_id, user_id, id desc) where deleted_at is null;
create index conversations_shared_idx on conversations (organization_id, id desc) where visibility = 'organization' and deleted_at is null;
create index conversations_tags_idx on conversations using gin (organization_id, tags);
select overmind.tenant_table('public.conversations', visibility => 'owner', owner_column => 'user_id');

create table messages (
    organization_id          uuid        not null default overmind.org_id(),
    id                       uuid        not null default overmind.uuid_v7(),
    conversation_id          uuid        not null,
    user_id                  uuid        not null,
    visibility               text        not null,
    seq                      bigint      not null,
    parent_message_id        uuid,
    session_id               uuid,
    channel_id               uuid,
    run_id                   uuid,
    sender_user_id           uuid,
    sender_agent_id          uuid,
    role                     text        not null,
    content                  text        not null,
    content_parts            jsonb,
    version                  text        not null default '1.0.0',
    edited                   boolean     not null default false,
    edited_at                timestamptz,
    model_used               text,
    quality_score            double precision,
    n2_iterations            integer,
    tokens_used              integer,
    window_tokens            integer,
    latency_ms               integer,
    metadata                 jsonb       not null default '{}',
    context                  jsonb       not null default '{}',
    tools                    jsonb,
    memory_refs              uuid[],
    state_snapshot_id        uuid,
    audit                    jsonb,
    moderation_status        text,
    moderation_flags         jsonb       not null default '[]',
    moderated_at             timestamptz,
    embedding                vector,
    embedding_model_provider text,
    embedding_model_name     text,
    embedding_dimensions     integer,
    created_at               timestamptz not null default clock_timestamp(),
    updated_at               timestamptz not null default clock_timestamp(),
    deleted_at               timestamptz,
    constraint messages_pkey primary key (organization_id, id),
    constraint messages_conversation_fkey foreign key (organization_id, conversation_id)
        references conversations (organization_id, id) on delete cascade,
    constraint messages_parent_fkey foreign key (organization_id, parent_message_id) references messages (organization_id, id),
    constraint messages_sender_user_fkey foreign key (organization_id, sender_user_id)
        references organization_members (organization_id, user_id),
    constraint messages_seq_key unique (organization_id, conversation_id, seq),
    constraint messages_visibility_known check (visibility in ('private', 'organization')),
    constraint messages_role_known check (role in ('system', 'user', 'assistant', 'tool')),
    constraint messages_content_parts_typed check (
        content_parts is null
        or coalesce(jsonb_typeof(content_parts) = 'object'
            and content_parts ->> 'type' in ('text', 'structured', 'multimodal', 'tool_result'), false)),
    constraint messages_version_length check (length(version) <= 10),
    constraint messages_quality_score_range check (quality_score between 0 and 10),
    constraint messages_n2_iterations_not_negative check (n2_iterations >= 0),
    constraint messages_tokens_used_not_negative check (tokens_used >= 0),
    constraint messages_window_tokens_not_negative check (window_tokens >= 0),
    constraint messages_latency_ms_not_negative check (latency_ms >= 0),
    constraint messages_moderation_status_known check (moderation_status in ('pending', 'approved', 'flagged', 'blocked')),
    constraint messages_moderation_flags_array check (jsonb_typeof(moderation_flags) = 'array'),
    constraint messages_metadata_object check (jsonb_typeof(metadata) = 'object'),
    constraint messages_context_object check (jsonb_typeof(context) = 'object'),
    constraint messages_embedding_described check (
        embedding is null
        or (embedding_model_name is not null and embedding_dimensions is not distinct from vector_dims(embedding)))
);
comment on table messages is 'What was said in a conversation, in order.';
comment on column messages.organization_id is 'Tenant.';
comment on column messages.id is 'Identity: a UUIDv7.';
comment on column messages.conversation_id is 'The conversation.';
comment on column messages.user_id is 'Owner of the conversation; copied by a trigger.';
comment on column messages.visibility is 'That of the conversation; copied by a trigger.';
comment on column messages.seq is 'Place in the conversation, from 1 without gaps; given by a trigger.';
comment on column messages.parent_message_id is 'Message it answers or replaces.';
comment on column messages.session_id is 'Session in which it was said.';
comment on column messages.channel_id is 'Channel through which it came.';
comment on column messages.run_id is 'Run that it started or that made it.';
comment on column messages.sender_user_id is 'Member who sent it; the caller for a question unless given.';
comment on column messages.sender_agent_id is 'Agent who sent it.';
comment on column messages.role is 'system, user, assistant or tool.';
comment on column messages.content is 'Its text, which is searched.';
comment on column messages.content_parts is 'What is more than text, as JSON with type text, structured, multimodal or tool_result.';
comment on column messages.version is 'Version of the messages format.';
comment on column messages.edited is 'Whether it was changed.';
comment on column messages.edited_at is 'When it was last changed.';
comment on column messages.model_used is 'Model that made it.';
comment on column messages.quality_score is 'Score of the answer, 0 to 10; null: not scored.';
comment on column messages.n2_iterations is 'Iterations it took.';
comment on column messages.tokens_used is 'Tokens that making it took.';
comment on column messages.window_tokens is 'Tokens it takes in a context window.';
comment on column messages.latency_ms is 'How long it took, in milliseconds.';
comment on column messages.metadata is 'What else is known of it, as a JSON object.';
comment on column messages.context is 'Context in which it was said, as a JSON object.';
comment on column messages.tools is 'Tools that were offered or called.';
comment on column messages.memory_refs is 'Memories that it used.';
comment on column messages.state_snapshot_id is 'State of the agent when it was said.';
comment on column messages.audit is 'Where it came from, for audits.';
comment on column messages.moderation_status is 'pending, approved, flagged or blocked; null: not moderated.';
comment on column messages.moderation_flags is 'What moderation found, as a JSON array.';
comment on column messages.moderated_at is 'When it was moderated.';
comment on column messages.embedding is 'Vector of the text; null until it is made.';
comment on column messages.embedding_model_provider is 'Provider of the model that made the vector.';
comment on column messages.embedding_model_name is 'Model that made the vector; vectors of different models are not compared.';
comment on column messages.embedding_dimensions is 'Length of the vector.';
comment on column messages.created_at is 'When it was made.';
comment on column messages.updated_at is 'When it was last changed; kept by a trigger.';
comment on column messages.deleted_at is 'When it was deleted; null while it is not.';
create index messages_parent_idx on messages (organization_id, parent_message_id) where parent_message_id is not null;
create index messages_moderation_idx on messages (organization_id, moderation_status) where moderation_status in ('pending', 'flagged');
select overmind.tenant_table('public.messages', visibility => 'inherited', owner_column => 'user_id', fixed => '{conversation_id,seq,role,parent_message_id}');
