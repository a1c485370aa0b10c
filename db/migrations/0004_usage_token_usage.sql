-- Lock: none on existing tables. Cost: creates an empty table; its months are made by create_monthly_partitions().

create table token_usage (
    organization_id  uuid        not null default overmind.org_id(),
    id               uuid        not null default overmind.uuid_v7(),
    user_id          uuid        default overmind.user_id(),
    conversation_id  uuid,
    project_id       uuid,
    run_id           uuid,
    step_id          uuid,
    attempt          integer     not null default 1,
    api_key_id       uuid,
    trace_id         text,
    operation        text        not null default 'chat',
    provider         text        not null,
    model            text        not null,
    status           text        not null default 'reserved',
    is_estimated     boolean     not null default false,
    tokens_input     bigint,
    tokens_output    bigint,
    tokens_cached    bigint,
    tokens_reasoning bigint,
    cost             numeric,
    currency         text        not null default 'USD',
    latency_ms       integer,
    raw_usage        jsonb,
    metadata         jsonb       not null default '{}',
    created_at       timestamptz not null default clock_timestamp(),
    settled_at       timestamptz,
    constraint token_usage_pkey primary key (organization_id, id),
    constraint token_usage_status_known check (status in ('reserved', 'settled')),
    constraint token_usage_settled_at_when_settled check ((status = 'settled') = (settled_at is not null)),
    constraint token_usage_operation_shape check (operation ~ '^[a-z][a-z0-9_.]{0,99}$'),
    constraint token_usage_attempt_positive check (attempt > 0),
    constraint token_usage_tokens_not_negative check (
        tokens_input >= 0 and tokens_output >= 0 and tokens_cached >= 0 and tokens_reasoning >= 0),
    constraint token_usage_cost_not_negative check (cost >= 0 and cost < 'Infinity'),
    constraint token_usage_currency_shape check (currency ~ '^[A-Z]{3}$'),
    constraint token_usage_latency_ms_not_negative check (latency_ms >= 0),
    constraint token_usage_metadata_object check (jsonb_typeof(metadata) = 'object')
) partition by range (id);
comment on table token_usage is 'The ledger: one row for each attempt at a model call, reserved before the call and settled after it. Partitioned by month of id; nothing refers to it.';
comment on column token_usage.organization_id is 'Tenant.';
comment on column token_usage.id is 'Identity: a UUIDv7, given beforehand, so that a call is written once.';
comment on column token_usage.user_id is 'The member whose work it was.';
comment on column token_usage.conversation_id is 'Conversation of the run.';
comment on column token_usage.project_id is 'Project of the conversation.';
comment on column token_usage.run_id is 'The run.';
comment on column token_usage.step_id is 'The step.';
comment on column token_usage.attempt is 'Attempt at the step, from 1.';
comment on column token_usage.api_key_id is 'API key that asked.';
comment on column token_usage.trace_id is 'Trace of the request.';
comment on column token_usage.operation is 'chat, embedding and so on.';
comment on column token_usage.provider is 'Provider of the model.';
comment on column token_usage.model is 'The model.';
comment on column token_usage.status is 'reserved until the call has ended, then settled, which is final.';
comment on column token_usage.is_estimated is 'Whether the tokens are an estimate, because the call was cut off.';
comment on column token_usage.tokens_input is 'Tokens of the prompt; null: unknown.';
comment on column token_usage.tokens_output is 'Tokens of the answer; null: unknown.';
comment on column token_usage.tokens_cached is 'Those of the prompt that the provider had cached.';
comment on column token_usage.tokens_reasoning is 'Those of the answer that were reasoning.';
comment on column token_usage.cost is 'Cost, not rounded; null: unknown.';
comment on column token_usage.currency is 'Its currency, by ISO 4217.';
comment on column token_usage.latency_ms is 'How long the call took, in milliseconds.';
comment on column token_usage.raw_usage is 'What the provider reported, as it came.';
comment on column token_usage.metadata is 'What else is known of it, as a JSON object.';
comment on column token_usage.created_at is 'When the call was reserved.';
comment on column token_usage.settled_at is 'When it was settled.';
create index token_usage_run_idx on token_usage (organization_id, run_id) where run_id is not null;
create index token_usage_user_idx on token_usage (organization_id, user_id, id);
select overmind.tenant_table('public.token_usage', visibility => 'owner', owner_column => 'user_id',
    fixed => '{conversation_id,project_id,run_id,step_id,attempt,api_key_id,operation,provider,model,created_at}');
-- The ledger is written once and settled once.
revoke delete on token_usage from authenticated, service_role;
create policy settled_once on token_usage as restrictive for update to public
    using (status = 'reserved')
    with check (true);
