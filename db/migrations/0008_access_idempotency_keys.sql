-- Lock: none on existing tables. Cost: creates an empty table.

create table idempotency_keys (
    organization_id   uuid        not null default overmind.org_id(),
    id                uuid        not null default overmind.uuid_v7(),
    user_id           uuid        not null default overmind.user_id(),
    route             text        not null,
    key               text        not null,
    request_hash      text        not null,
    resource_id       uuid        not null,
    locked_until      timestamptz not null default clock_timestamp() + interval '15 seconds',
    response_status   integer,
    response_location text,
    response_body     text,
    created_at        timestamptz not null default clock_timestamp(),
    constraint idempotency_keys_pkey primary key (organization_id, id),
    constraint idempotency_keys_organization_fkey foreign key (organization_id) references organizations (id),
    constraint idempotency_keys_owner_fkey foreign key (organization_id, user_id)
        references organization_members (organization_id, user_id),
    constraint idempotency_keys_key_key unique (organization_id, user_id, route, key),
    constraint idempotency_keys_route_length check (length(route) between 1 and 255),
    constraint idempotency_keys_key_length check (length(key) between 1 and 255),
    constraint idempotency_keys_request_hash_shape check (request_hash ~ '^[0-9a-f]{64}$'),
    constraint idempotency_keys_response_status_success check (response_status between 200 and 299),
    constraint idempotency_keys_response_whole check ((response_status is null) = (response_body is null))
);
create index idempotency_keys_created_at_idx on idempotency_keys (created_at);
comment on table idempotency_keys is 'Idempotency keys of POST requests: what the first request made and answered, kept for 24 hours.';
comment on column idempotency_keys.organization_id is 'The tenant.';
comment on column idempotency_keys.id is 'Identity.';
comment on column idempotency_keys.user_id is 'Whose key: the member behind the API key of the request.';
comment on column idempotency_keys.route is 'The route''s pattern, as /v1/conversations/{conversation_id}/runs.';
comment on column idempotency_keys.key is 'What the client sent as Idempotency-Key.';
comment on column idempotency_keys.request_hash is 'SHA-256 of path and body, in hex: another request with the same key is refused.';
comment on column idempotency_keys.resource_id is 'The id of what the request makes, given beforehand, so that a repeat after a crash finds it.';
comment on column idempotency_keys.locked_until is 'Until then the first request counts as running; after it a repeat takes over.';
comment on column idempotency_keys.response_status is 'HTTP status of the answer; null while there is none.';
comment on column idempotency_keys.response_location is 'Its Location header.';
comment on column idempotency_keys.response_body is 'Its body, JSON.';
comment on column idempotency_keys.created_at is 'When the key was first used; 24 hours later it is free again.';
select overmind.tenant_table('public.idempotency_keys', visibility => 'owner', owner_column => 'user_id');
