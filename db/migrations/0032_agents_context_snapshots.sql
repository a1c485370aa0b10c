-- Lock: none on existing tables but share row exclusive on messages, workflow_runs and agent_configurations for an instant. Cost: creates an empty table.

-- One row an answer: the context is built once for a run, and all its calls read the same. What each call was sent besides stands with its step.
create table context_snapshots (
    organization_id    uuid        not null default overmind.org_id(),
    id                 uuid        not null default overmind.uuid_v7(),
    message_id         uuid        not null,
    run_id             uuid        not null,
    agent_id           uuid,
    user_id            uuid        not null,
    visibility         text        not null,
    snapshot_data      jsonb       not null,
    total_tokens       bigint      not null,
    compression_ratio  double precision not null,
    segment_count      integer     not null,
    build_time_ms      integer     not null,
    optimization_count integer     not null,
    created_at         timestamptz not null default clock_timestamp(),
    constraint context_snapshots_pkey primary key (organization_id, id),
    constraint context_snapshots_message_key unique (organization_id, message_id),
    constraint context_snapshots_message_fkey foreign key (organization_id, message_id) references messages (organization_id, id) on delete cascade,
    constraint context_snapshots_run_fkey foreign key (organization_id, run_id) references workflow_runs (organization_id, id) on delete cascade,
    constraint context_snapshots_agent_fkey foreign key (organization_id, agent_id) references agent_configurations (organization_id, id),
    constraint context_snapshots_visibility_known check (visibility in ('private', 'organization')),
    constraint context_snapshots_snapshot_data_object check (jsonb_typeof(snapshot_data) = 'object'),
    constraint context_snapshots_counts_not_negative check (
        total_tokens >= 0 and segment_count >= 0 and build_time_ms >= 0 and optimization_count >= 0),
    constraint context_snapshots_compression_ratio_range check (compression_ratio >= 0 and compression_ratio <= 1)
);
comment on table context_snapshots is 'What of its conversation the models of an answer were given.';
comment on column context_snapshots.organization_id is 'Tenant.';
comment on column context_snapshots.id is 'Identity: a UUIDv7.';
comment on column context_snapshots.message_id is 'The answer.';
comment on column context_snapshots.run_id is 'The run that made it; its snapshot has the texts, as they were sent.';
comment on column context_snapshots.agent_id is 'Agent whose context it was; null: that of all agents of the run.';
comment on column context_snapshots.user_id is 'Owner of the conversation; copied by a trigger.';
comment on column context_snapshots.visibility is 'That of the conversation; copied by a trigger.';
comment on column context_snapshots.snapshot_data is 'segments: name (summary, system, pinned, messages, question), tokens, message_ids, is_cut.';
comment on column context_snapshots.total_tokens is 'Tokens of all segments.';
comment on column context_snapshots.compression_ratio is 'total_tokens as a share of what question and branch took whole; 1: nothing was left out.';
comment on column context_snapshots.segment_count is 'How many segments there are.';
comment on column context_snapshots.build_time_ms is 'How long it took to read and arrange, in milliseconds.';
comment on column context_snapshots.optimization_count is 'What was done to make it fit: messages left the window, a summary took their place, more was left out for this run alone; 0 to 3.';
comment on column context_snapshots.created_at is 'When the answer was written.';
create index context_snapshots_run_idx on context_snapshots (organization_id, run_id);
select overmind.tenant_table('public.context_snapshots', visibility => 'inherited', owner_column => 'user_id');
-- What was sent is not changed afterwards.
revoke update on context_snapshots from authenticated, service_role;
