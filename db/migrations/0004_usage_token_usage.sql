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
    constraint token_usage_cost_not_negative check (cost >= 0),
    constraint token_usage_currency_shape check (currency ~ '^[A-Z]{3}$'),
    constraint token_usage_latency_ms_not_negative check (latency_ms >= 0),
    constraint token_usage_metadata_object check (jsonb_typeof(metadata) = 'object')
) partition by range (id);
create index token_usage_run_idx on token_usage (organization_id, run_id) where run_id is not null;
create index token_usage_user_idx on token_usage (organization_id, user_id, id);
select overmind.tenant_table('public.token_usage', visibility => 'owner', owner_column => 'user_id',
    fixed => '{conversation_id,project_id,run_id,step_id,attempt,api_key_id,operation,provider,model,created_at}');
-- The ledger is written once and settled once.
revoke delete on token_usage from authenticated, service_role;
create policy settled_once on token_usage as restrictive for update to public
    using (status = 'reserved')
    with check (true);
