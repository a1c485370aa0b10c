-- Lock: none on existing tables. Cost: creates empty tables.

create table api_keys (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    user_id         uuid        not null default overmind.user_id(),
    name            text        not null,
    key_hash        text        not null,
    key_prefix      text        not null,
    scopes          jsonb       not null default '["read"]',
    is_active       boolean     not null default true,
    expires_at      timestamptz,
    last_used_at    timestamptz,
    usage_count     bigint      not null default 0,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    revoked_at      timestamptz,
    constraint api_keys_pkey primary key (organization_id, id),
    constraint api_keys_organization_fkey foreign key (organization_id) references organizations (id),
    constraint api_keys_owner_fkey foreign key (organization_id, user_id) references organization_members (organization_id, user_id),
    constraint api_keys_key_hash_key unique (organization_id, key_hash),
    constraint api_keys_name_length check (length(name) between 1 and 255),
    constraint api_keys_key_hash_shape check (key_hash ~ '^[0-9a-f]{64}$'),
    constraint api_keys_key_prefix_length check (length(key_prefix) between 8 and 20),
    constraint api_keys_scopes_array check (jsonb_typeof(scopes) = 'array'),
    constraint api_keys_usage_count_not_negative check (usage_count >= 0)
);
comment on table api_keys is 'A key for programs. The secret is shown once; its SHA-256 stays.';
comment on column api_keys.organization_id is 'Tenant.';
comment on column api_keys.id is 'Identity: a UUIDv7.';
comment on column api_keys.user_id is 'The member in whose name it acts.';
comment on column api_keys.name is 'What it is for, in the members words.';
comment on column api_keys.key_hash is 'SHA-256 of the secret, in hex.';
comment on column api_keys.key_prefix is 'Beginning of the key, to recognize it by.';
comment on column api_keys.scopes is 'What it may do, as a JSON array: read, write, admin.';
comment on column api_keys.is_active is 'False: switched off.';
comment on column api_keys.expires_at is 'When it ends; null: never.';
comment on column api_keys.last_used_at is 'When it was last used, to within a minute.';
comment on column api_keys.usage_count is 'How often it was used, written in batches.';
comment on column api_keys.created_at is 'When it was made.';
comment on column api_keys.updated_at is 'When it was last changed; kept by a trigger.';
comment on column api_keys.revoked_at is 'When it was revoked; null while it is not.';
create index api_keys_owner_idx on api_keys (organization_id, user_id);
select overmind.tenant_table('public.api_keys', visibility => 'owner', owner_column => 'user_id');

-- The key ring that signs console cookies, shared by all nodes. Reached through listed functions alone.
create table overmind.data_protection_keys (
    id            bigint      generated always as identity,
    friendly_name text        not null,
    xml           text        not null,
    created_at    timestamptz not null default clock_timestamp(),
    constraint data_protection_keys_pkey primary key (id),
    constraint data_protection_keys_friendly_name_key unique (friendly_name)
);
comment on table overmind.data_protection_keys is 'The key ring that protects console cookies, shared by all nodes. Reached through functions for the service alone.';
comment on column overmind.data_protection_keys.id is 'Order in which they were added.';
comment on column overmind.data_protection_keys.friendly_name is 'Name by which the framework knows the key.';
comment on column overmind.data_protection_keys.xml is 'The key, as the framework writes it.';
comment on column overmind.data_protection_keys.created_at is 'When it was made.';
