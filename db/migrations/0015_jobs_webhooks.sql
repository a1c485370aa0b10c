-- Lock: none on existing tables. Cost: creates empty tables.

create table webhook_endpoints (
    organization_id            uuid        not null default overmind.org_id(),
    id                         uuid        not null default overmind.uuid_v7(),
    user_id                    uuid        not null default overmind.user_id(),
    url                        text        not null,
    description                text,
    event_types                text[]      not null default '{}',
    secret                     bytea       not null,
    previous_secret            bytea,
    previous_secret_expires_at timestamptz,
    is_enabled                 boolean     not null default true,
    disabled_reason            text,
    failing_since              timestamptz,
    last_success_at            timestamptz,
    created_at                 timestamptz not null default clock_timestamp(),
    updated_at                 timestamptz not null default clock_timestamp(),
    constraint webhook_endpoints_pkey primary key (organization_id, id),
    constraint webhook_endpoints_organization_fkey foreign key (organization_id) references organizations (id),
    constraint webhook_endpoints_owner_fkey foreign key (organization_id, user_id) references organization_members (organization_id, user_id),
    constraint webhook_endpoints_url_shape check (url ~ '^https?://' and length(url) <= 2000),
    constraint webhook_endpoints_description_length check (length(description) <= 255),
    constraint webhook_endpoints_previous_secret_whole check ((previous_secret is null) = (previous_secret_expires_at is null)),
    constraint webhook_endpoints_disabled_with_reason check (is_enabled = (disabled_reason is null))
);
comment on table webhook_endpoints is 'Where an organization wants to hear of events, over HTTP.';
comment on column webhook_endpoints.organization_id is 'Tenant.';
comment on column webhook_endpoints.id is 'Identity: a UUIDv7.';
comment on column webhook_endpoints.user_id is 'Who made it.';
comment on column webhook_endpoints.url is 'Where events are posted.';
comment on column webhook_endpoints.description is 'What it is for.';
comment on column webhook_endpoints.event_types is 'Only these types of events; empty: all.';
comment on column webhook_endpoints.secret is 'What signs, encrypted with a key that is not in the database.';
comment on column webhook_endpoints.previous_secret is 'What signs as well for a while after a rotation, encrypted.';
comment on column webhook_endpoints.previous_secret_expires_at is 'Until when it does.';
comment on column webhook_endpoints.is_enabled is 'False: nothing is sent.';
comment on column webhook_endpoints.disabled_reason is 'Why nothing is sent: failing (for days) or gone (it answered 410). Null while it is enabled.';
comment on column webhook_endpoints.failing_since is 'When the first attempt failed since the last that succeeded; null: none did.';
comment on column webhook_endpoints.last_success_at is 'When it last took an event.';
comment on column webhook_endpoints.created_at is 'When it was made.';
comment on column webhook_endpoints.updated_at is 'When it was last changed; kept by a trigger.';
select overmind.tenant_table('public.webhook_endpoints', fixed => '{user_id,created_at}');
-- Addresses may hold secrets of their own: webhooks are the admins' matter.
create policy admins on webhook_endpoints as restrictive for all to public
    using (overmind.org_role() = 'admin')
    with check (overmind.org_role() = 'admin');

create table webhook_deliveries (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    endpoint_id     uuid        not null,
    event_id        uuid        not null,
    event_type      text        not null,
    body            text        not null,
    status          text        not null default 'pending',
    attempt_count   integer     not null default 0,
    attempts        jsonb       not null default '[]',
    next_attempt_at timestamptz,
    completed_at    timestamptz,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    constraint webhook_deliveries_pkey primary key (organization_id, id),
    constraint webhook_deliveries_organization_fkey foreign key (organization_id) references organizations (id),
    constraint webhook_deliveries_endpoint_fkey foreign key (organization_id, endpoint_id)
        references webhook_endpoints (organization_id, id) on delete cascade,
    constraint webhook_deliveries_event_type_shape check (event_type ~ '^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$' and length(event_type) <= 100),
    constraint webhook_deliveries_body_length check (octet_length(body) <= 262144),
    constraint webhook_deliveries_status_known check (status in ('pending', 'succeeded', 'failed')),
    constraint webhook_deliveries_attempt_count_not_negative check (attempt_count >= 0),
    constraint webhook_deliveries_attempts_array check (jsonb_typeof(attempts) = 'array'),
    constraint webhook_deliveries_completed_at_when_ended check ((status = 'pending') = (completed_at is null))
);
comment on table webhook_deliveries is 'What was or is to be sent to a webhook endpoint, with each attempt; kept for 30 days.';
comment on column webhook_deliveries.organization_id is 'Tenant.';
comment on column webhook_deliveries.id is 'Identity: a UUIDv7.';
comment on column webhook_deliveries.endpoint_id is 'To whom.';
comment on column webhook_deliveries.event_id is 'Which event, the same for all endpoints and in every attempt: webhook-id.';
comment on column webhook_deliveries.event_type is 'What has happened, as run.succeeded.';
comment on column webhook_deliveries.body is 'What is posted: what is signed, to the byte.';
comment on column webhook_deliveries.status is 'pending, succeeded or failed.';
comment on column webhook_deliveries.attempt_count is 'Attempts so far.';
comment on column webhook_deliveries.attempts is 'Each attempt, as a JSON array of at, status, latency_ms, response (its first KB), error.';
comment on column webhook_deliveries.next_attempt_at is 'When the next one is due; null when none is.';
comment on column webhook_deliveries.completed_at is 'When it ended, well or not.';
comment on column webhook_deliveries.created_at is 'When the event happened.';
comment on column webhook_deliveries.updated_at is 'When it was last changed; kept by a trigger.';
create index webhook_deliveries_endpoint_idx on webhook_deliveries (organization_id, endpoint_id, id);
create index webhook_deliveries_created_at_idx on webhook_deliveries (created_at);
select overmind.tenant_table('public.webhook_deliveries', fixed => '{endpoint_id,event_id,event_type,body,created_at}');
create policy admins on webhook_deliveries as restrictive for all to public
    using (overmind.org_role() = 'admin')
    with check (overmind.org_role() = 'admin');
