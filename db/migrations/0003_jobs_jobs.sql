-- Lock: none on existing tables. Cost: creates an empty table.

-- Fencing tokens: each claim takes the next one, so that a later claim always has the higher token.
create sequence overmind.lease_tokens;
comment on sequence overmind.lease_tokens is 'Numbers of the claims of jobs.';

create table jobs (
    id                  uuid        not null default overmind.uuid_v7(),
    organization_id     uuid        default overmind.org_id(),
    user_id             uuid        default overmind.user_id(),
    kind                text        not null,
    payload             jsonb       not null default '{}',
    status              text        not null default 'pending',
    priority            smallint    not null default 100,
    run_at              timestamptz not null default clock_timestamp(),
    unique_key          text,
    attempt_count       integer     not null default 0,
    max_attempts        integer     not null default 3,
    retry_when_lost     boolean     not null default true,
    retry_config        jsonb       not null default '{"strategy": "exponential", "base_delay_ms": 1000, "max_delay_ms": 300000}',
    picked_up_at        timestamptz,
    last_attempt_at     timestamptz,
    completed_at        timestamptz,
    last_error          text,
    errors              jsonb       not null default '[]',
    lease_token         bigint,
    lease_expires_at    timestamptz,
    worker              text,
    worker_lock         bigint,
    cancel_requested_at timestamptz,
    progress            real,
    result              jsonb,
    metadata            jsonb       not null default '{}',
    created_at          timestamptz not null default clock_timestamp(),
    updated_at          timestamptz not null default clock_timestamp(),
    constraint jobs_pkey primary key (id),
    constraint jobs_organization_fkey foreign key (organization_id) references organizations (id),
    constraint jobs_kind_shape check (kind ~ '^[a-z][a-z0-9_.]{0,99}$'),
    constraint jobs_status_known check (status in ('pending', 'processing', 'completed', 'failed', 'cancelled', 'blocked')),
    constraint jobs_leased_while_processing check (
        (status = 'processing') = (lease_token is not null and lease_expires_at is not null and worker is not null and worker_lock is not null)),
    constraint jobs_completed_at_when_ended check ((status in ('completed', 'failed', 'cancelled')) = (completed_at is not null)),
    constraint jobs_attempt_count_not_negative check (attempt_count >= 0),
    constraint jobs_max_attempts_positive check (max_attempts > 0),
    constraint jobs_priority_not_negative check (priority >= 0),
    constraint jobs_progress_range check (progress between 0 and 1),
    constraint jobs_payload_object check (jsonb_typeof(payload) = 'object'),
    constraint jobs_retry_config_object check (jsonb_typeof(retry_config) = 'object'),
    constraint jobs_errors_array check (jsonb_typeof(errors) = 'array'),
    constraint jobs_metadata_object check (jsonb_typeof(metadata) = 'object')
);
comment on table jobs is 'The queue: what is to be done outside a request, once or at a time.';
comment on column jobs.id is 'Identity: a UUIDv7.';
comment on column jobs.organization_id is 'Tenant; null for a job of the installation.';
comment on column jobs.user_id is 'The member in whose name it works; null for a job of the installation.';
comment on column jobs.kind is 'What is to be done; a handler is registered by it.';
comment on column jobs.payload is 'What the handler needs, as a JSON object.';
comment on column jobs.status is 'pending, processing, completed, failed, cancelled or blocked.';
comment on column jobs.priority is 'Lower is sooner; 100 unless given.';
comment on column jobs.run_at is 'Not before this time.';
comment on column jobs.unique_key is 'At most one job of a kind with this key waits or runs at a time; null: any number.';
comment on column jobs.attempt_count is 'Attempts so far that count: a worker that was lost does not, unless retry_when_lost is false.';
comment on column jobs.max_attempts is 'After so many failed attempts it has failed.';
comment on column jobs.retry_when_lost is 'True: when its worker dies it is done again however often. False: a lost worker uses up an attempt, for jobs that may be what kills it.';
comment on column jobs.retry_config is 'How long to wait between attempts, as JSON: strategy, base_delay_ms, max_delay_ms.';
comment on column jobs.picked_up_at is 'When it was first claimed.';
comment on column jobs.last_attempt_at is 'When it was last claimed.';
comment on column jobs.completed_at is 'When it ended, well or not.';
comment on column jobs.last_error is 'What went wrong last.';
comment on column jobs.errors is 'What went wrong each time, as a JSON array of attempt, error, at.';
comment on column jobs.lease_token is 'Number of the claim; writes that carry an older one are refused. Null unless processing.';
comment on column jobs.lease_expires_at is 'When the claim ends unless it is renewed.';
comment on column jobs.worker is 'Name of the worker that holds it.';
comment on column jobs.worker_lock is 'Advisory lock that this worker holds as long as it lives.';
comment on column jobs.cancel_requested_at is 'When somebody wanted it to end.';
comment on column jobs.progress is 'How far it is, 0 to 1; null: unknown.';
comment on column jobs.result is 'What came of it.';
comment on column jobs.metadata is 'What else is known of it, as a JSON object.';
comment on column jobs.created_at is 'When it was made.';
comment on column jobs.updated_at is 'When it was last changed; kept by a trigger.';
create index jobs_claim_idx on jobs (priority, run_at, id) where status = 'pending';
create index jobs_leases_idx on jobs (worker_lock, lease_expires_at) where status = 'processing';
create unique index jobs_unique_key_key on jobs (organization_id, kind, unique_key) where status in ('pending', 'processing', 'blocked');
create index jobs_organization_idx on jobs (organization_id, created_at);
select overmind.tenant_table('public.jobs', visibility => 'owner', owner_column => 'user_id', distribute => false);
-- A client asks for work and withdraws it; what becomes of it is written by the functions that claim and finish.
revoke update, delete on jobs from authenticated, service_role;
grant update (cancel_requested_at) on jobs to authenticated, service_role;
