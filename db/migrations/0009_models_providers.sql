-- Lock: none on existing tables. Cost: creates an empty table.

create table model_providers (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    key             text        not null,
    kind            text        not null,
    base_url        text        not null,
    secret          bytea,
    secret_hint     text,
    settings        jsonb       not null default '{}',
    is_active       boolean     not null default true,
    last_test_at    timestamptz,
    last_test_error text,
    created_by      uuid        default overmind.user_id(),
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    deleted_at      timestamptz,
    constraint model_providers_pkey primary key (organization_id, id),
    constraint model_providers_organization_fkey foreign key (organization_id) references organizations (id),
    constraint model_providers_created_by_fkey foreign key (organization_id, created_by)
        references organization_members (organization_id, user_id),
    constraint model_providers_key_shape check (key ~ '^[a-z0-9][a-z0-9_-]{0,99}$'),
    constraint model_providers_key_not_reserved check (key <> 'offline'),
    constraint model_providers_kind_known check (kind in ('openai', 'anthropic', 'ollama')),
    constraint model_providers_base_url_shape check (base_url ~ '^https?://[^/?#@]+(/[^?#]*)?$' and length(base_url) <= 2000),
    constraint model_providers_secret_length check (octet_length(secret) between 34 and 5000),
    constraint model_providers_secret_hint_length check (length(secret_hint) <= 4),
    constraint model_providers_settings_object check (jsonb_typeof(settings) = 'object'),
    constraint model_providers_last_test_error_length check (length(last_test_error) between 1 and 1000)
);
create unique index model_providers_key_key on model_providers (organization_id, key) where deleted_at is null;
comment on table model_providers is 'Where an organization gets its models: kind, address and encrypted key. Members read it but for the key, admins write it.';
comment on column model_providers.organization_id is 'Tenant.';
comment on column model_providers.id is 'Identity: a UUIDv7.';
comment on column model_providers.key is 'Short name, unique while not deleted: the first part of provider/model.';
comment on column model_providers.kind is 'How it is spoken to: openai (and what is compatible), anthropic or ollama.';
comment on column model_providers.base_url is 'Address that its paths are appended to; http or https, without user, query and fragment.';
comment on column model_providers.secret is 'Its API key, encrypted with a key that is not in the database; null when it needs none. No request role reads it.';
comment on column model_providers.secret_hint is 'Last four characters of the API key, to recognize it by.';
comment on column model_providers.settings is 'Time-outs in seconds and the retries, as a JSON object; what is left out is the default.';
comment on column model_providers.is_active is 'False: switched off.';
comment on column model_providers.last_test_at is 'When it was last tried; null: never.';
comment on column model_providers.last_test_error is 'What was wrong then; null: nothing.';
comment on column model_providers.created_by is 'Who connected it.';
comment on column model_providers.created_at is 'When it was connected.';
comment on column model_providers.updated_at is 'When it was last changed; kept by a trigger.';
comment on column model_providers.deleted_at is 'When it was removed; null while it is not.';
select overmind.tenant_table('public.model_providers', fixed => '{created_by,created_at}');

-- A key pays for every member's calls, so admins alone connect providers. Restrictive, as the tenant's policy.
create policy admins_insert on model_providers as restrictive for insert to public
    with check (overmind.org_role() = 'admin');
create policy admins_update on model_providers as restrictive for update to public
    using (overmind.org_role() = 'admin')
    with check (overmind.org_role() = 'admin');
create policy admins_delete on model_providers as restrictive for delete to public
    using (overmind.org_role() = 'admin');
revoke select on model_providers from anon, authenticated, service_role;
grant select (
    organization_id, id, key, kind, base_url, secret_hint, settings, is_active, last_test_at, last_test_error,
    created_by, created_at, updated_at, deleted_at) on model_providers to anon, authenticated, service_role;
