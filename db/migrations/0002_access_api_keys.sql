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
