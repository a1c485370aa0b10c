-- Lock: none on existing tables. Cost: creates empty tables; their months are made by create_monthly_partitions().

-- No foreign keys: what happened stays told when whom it tells of is gone.
create table audit_logs (
    organization_id uuid        default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    user_id         uuid        default overmind.user_id(),
    api_key_id      uuid,
    event_type      text        not null,
    action          text        not null,
    resource_type   text        not null,
    resource_id     text,
    status          text        not null default 'success',
    old_values      jsonb,
    new_values      jsonb,
    metadata        jsonb       not null default '{}',
    request_id      text,
    details_digest  bytea,
    transaction_id  xid8        not null default pg_current_xact_id(),
    created_at      timestamptz not null default clock_timestamp(),
    constraint audit_logs_pkey primary key (id),
    -- No regular expressions: two of them were a fifth of what a row takes.
    constraint audit_logs_event_type_shape check (event_type like '_%._%' and length(event_type) <= 100),
    constraint audit_logs_action_known check (action in ('create', 'read', 'update', 'delete', 'execute', 'login', 'logout')),
    constraint audit_logs_resource_type_length check (length(resource_type) between 1 and 100),
    constraint audit_logs_resource_id_length check (length(resource_id) between 1 and 255),
    constraint audit_logs_status_known check (status in ('success', 'failure')),
    constraint audit_logs_old_values_object check (jsonb_typeof(old_values) = 'object'),
    constraint audit_logs_new_values_object check (jsonb_typeof(new_values) = 'object'),
    constraint audit_logs_metadata_object check (jsonb_typeof(metadata) = 'object'),
    constraint audit_logs_request_id_length check (length(request_id) between 1 and 255),
    constraint audit_logs_details_digest_length check (length(details_digest) = 32)
) partition by range (id);
comment on table audit_logs is 'What was done or tried that is privileged or touches security, by whom. Written once, by overmind.audit(); sealed in overmind.audit_seals. Partitioned by month of id.';
comment on column audit_logs.organization_id is 'Tenant; null for what belongs to none, as a sign-in with an address that nobody has.';
comment on column audit_logs.id is 'Identity: a UUIDv7.';
comment on column audit_logs.user_id is 'The member who did it; null: nobody with claims.';
comment on column audit_logs.api_key_id is 'The API key they did it with.';
comment on column audit_logs.event_type is 'What happened, as api_key.created.';
comment on column audit_logs.action is 'create, read, update, delete, execute, login or logout.';
comment on column audit_logs.resource_type is 'What it was done to, as api_key.';
comment on column audit_logs.resource_id is 'Which one; null when there is one alone or it is not known.';
comment on column audit_logs.status is 'success or failure.';
comment on column audit_logs.old_values is 'What was changed, as it was; no secrets.';
comment on column audit_logs.new_values is 'The same as it is since; no secrets.';
comment on column audit_logs.metadata is 'What else is known of it, as a JSON object: the code of a failure, the login of somebody without claims.';
comment on column audit_logs.request_id is 'The request it was done by.';
comment on column audit_logs.details_digest is 'SHA-256 of the row in audit_details, which may be erased; null when there is none.';
comment on column audit_logs.transaction_id is 'The transaction that did it and wrote this.';
comment on column audit_logs.created_at is 'When it was done.';
create index audit_logs_organization_idx on audit_logs (organization_id, id);
create index audit_logs_user_idx on audit_logs (organization_id, user_id, id);
create index audit_logs_event_idx on audit_logs (organization_id, event_type, id);
create index audit_logs_resource_idx on audit_logs (organization_id, resource_type, resource_id, id);
create index audit_logs_transaction_idx on audit_logs (transaction_id);

create table audit_details (
    organization_id uuid        default overmind.org_id(),
    id              uuid        not null,
    ip_address      inet,
    user_agent      text,
    personal        jsonb       not null default '{}',
    salt            bytea       not null,
    created_at      timestamptz not null default clock_timestamp(),
    constraint audit_details_pkey primary key (id),
    constraint audit_details_user_agent_length check (length(user_agent) <= 500),
    constraint audit_details_personal_object check (jsonb_typeof(personal) = 'object')
) partition by range (id);
comment on table audit_details is 'What in an audit log tells who a person is or where they were. Apart, so that it can be erased: the log keeps the digest.';
comment on column audit_details.organization_id is 'Tenant, as in audit_logs.';
comment on column audit_details.id is 'Of the row in audit_logs.';
comment on column audit_details.ip_address is 'Where the request came from.';
comment on column audit_details.user_agent is 'What sent it, as it calls itself.';
comment on column audit_details.personal is 'What else identifies, as the address that a sign-in was tried with.';
comment on column audit_details.salt is 'Random, so that nobody finds erased fields by trying.';
comment on column audit_details.created_at is 'When it was written.';

-- Admins read their organization's. Nobody writes but overmind.audit() and overmind.audit_as(), and nobody changes.
do $$
declare
    name regclass;
begin
    foreach name in array array['audit_logs', 'audit_details']::regclass[] loop
        perform overmind.tenant_table(name);
        execute format('revoke insert, update, delete on %s from authenticated, service_role', name);
        execute format(
            $policy$
            create policy admins on %s as restrictive for select to public
                using (overmind.org_role() = 'admin' or overmind.has_permission('audit.read'))
            $policy$, name);
    end loop;
end
$$;

create table overmind.audit_seals (
    number         bigint      not null,
    row_count      integer     not null,
    rows_hash      bytea       not null,
    previous_hash  bytea       not null,
    hash           bytea       not null,
    unsealed_since xid8        not null,
    created_at     timestamptz not null default clock_timestamp(),
    constraint audit_seals_pkey primary key (number)
);
comment on table overmind.audit_seals is 'The chain of hashes over audit_logs: each seal holds the hashes of the rows that came since the one before. docs/audit.md defines them.';
comment on column overmind.audit_seals.number is 'From 1, without gaps.';
comment on column overmind.audit_seals.row_count is 'How many rows it seals.';
comment on column overmind.audit_seals.rows_hash is 'SHA-256 of their ids and hashes.';
comment on column overmind.audit_seals.previous_hash is 'Hash of the seal before; zeros in the first.';
comment on column overmind.audit_seals.hash is 'SHA-256 of all of this.';
comment on column overmind.audit_seals.unsealed_since is 'Rows of transactions before this one are sealed; the next seal looks from here on.';
comment on column overmind.audit_seals.created_at is 'When it was made.';

create table overmind.audit_hashes (
    id          uuid    not null,
    seal_number bigint  not null,
    position    integer not null,
    hash        bytea   not null,
    removed_at  timestamptz,
    constraint audit_hashes_pkey primary key (id),
    constraint audit_hashes_position_key unique (seal_number, position)
);
comment on table overmind.audit_hashes is 'The hash of each sealed row of audit_logs. It stays when the row goes, so that the chain can be verified without it.';
comment on column overmind.audit_hashes.id is 'Of the row in audit_logs.';
comment on column overmind.audit_hashes.seal_number is 'The seal that holds it.';
comment on column overmind.audit_hashes.position is 'Its place in the seal, from 1.';
comment on column overmind.audit_hashes.hash is 'SHA-256 of the row.';
comment on column overmind.audit_hashes.removed_at is 'When the row was removed because its time to be kept was over; null while it is there.';
