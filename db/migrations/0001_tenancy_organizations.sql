-- Lock: none on existing tables. Cost: creates empty tables.

create table organizations (
    id                    uuid        not null default overmind.uuid_v7(),
    name                  text        not null,
    slug                  text        not null,
    plan                  text        not null default 'free',
    status                text        not null default 'active',
    monthly_query_limit   integer,
    monthly_token_limit   bigint,
    max_users             integer,
    enabled_features      text[]      not null default '{}',
    experimental_features text[]      not null default '{}',
    settings              jsonb       not null default '{}',
    created_at            timestamptz not null default clock_timestamp(),
    updated_at            timestamptz not null default clock_timestamp(),
    deleted_at            timestamptz,
    constraint organizations_pkey primary key (id),
    constraint organizations_name_length check (length(name) between 1 and 255),
    constraint organizations_slug_shape check (slug ~ '^[a-z0-9][a-z0-9-]{0,99}$'),
    constraint organizations_plan_known check (plan in ('free', 'pro', 'enterprise')),
    constraint organizations_status_known check (status in ('active', 'suspended', 'cancelled')),
    constraint organizations_monthly_query_limit_not_negative check (monthly_query_limit >= 0),
    constraint organizations_monthly_token_limit_not_negative check (monthly_token_limit >= 0),
    constraint organizations_max_users_positive check (max_users > 0),
    constraint organizations_settings_object check (jsonb_typeof(settings) = 'object')
);
comment on table organizations is 'A company or team: the tenant to which all else belongs.';
comment on column organizations.id is 'Identity: a UUIDv7; the organization_id of every tenant table.';
comment on column organizations.name is 'Name shown to people.';
comment on column organizations.slug is 'Short name in addresses: lower-case letters, digits and hyphens; unique while not deleted.';
comment on column organizations.plan is 'free, pro or enterprise.';
comment on column organizations.status is 'active, suspended or cancelled; only members of an active one sign in.';
comment on column organizations.monthly_query_limit is 'Runs a month; null: no limit.';
comment on column organizations.monthly_token_limit is 'Tokens a month; null: no limit.';
comment on column organizations.max_users is 'Members at a time; null: no limit.';
comment on column organizations.enabled_features is 'Features that are switched on for it.';
comment on column organizations.experimental_features is 'Features that it tries before others.';
comment on column organizations.settings is 'Defaults of its runs (quality_threshold, max_n2_iterations, models) and further settings, as a JSON object.';
comment on column organizations.created_at is 'When it was made.';
comment on column organizations.updated_at is 'When it was last changed; kept by a trigger.';
comment on column organizations.deleted_at is 'When it was deleted; null while it is not.';
create unique index organizations_slug_key on organizations (slug) where deleted_at is null;

-- A reference table, not a tenant table: a caller sees their own organization, and an admin may change it. New ones come from create_organization().
alter table organizations enable row level security;
create policy own_organization on organizations for select to anon, authenticated, service_role
    using (id = overmind.org_id());
create policy admins_update on organizations for update to authenticated, service_role
    using (id = overmind.org_id() and overmind.org_role() = 'admin')
    with check (id = overmind.org_id() and overmind.org_role() = 'admin');
revoke all on organizations from public, anon, authenticated, service_role;
grant select on organizations to anon, authenticated, service_role;
grant update (name, settings) on organizations to authenticated, service_role;
create trigger touch_updated_at before update on organizations for each row execute function overmind.touch_updated_at();

create table users (
    id                uuid        not null default overmind.uuid_v7(),
    email             text        not null,
    password_hash     text,
    email_verified    boolean     not null default false,
    email_verified_at timestamptz,
    name              text        not null,
    avatar_url        text,
    preferences       jsonb       not null default '{}',
    last_login_at     timestamptz,
    last_active_at    timestamptz,
    created_at        timestamptz not null default clock_timestamp(),
    updated_at        timestamptz not null default clock_timestamp(),
    deleted_at        timestamptz,
    constraint users_pkey primary key (id),
    constraint users_email_shape check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 255),
    constraint users_name_length check (length(name) between 1 and 255),
    constraint users_avatar_url_length check (length(avatar_url) <= 500),
    constraint users_preferences_object check (jsonb_typeof(preferences) = 'object')
);
comment on table users is 'A person with an account; may be a member of several organizations. Shows a caller their own row only.';
comment on column users.id is 'Identity: a UUIDv7.';
comment on column users.email is 'Address to sign in with; unique whatever its case, while not deleted.';
comment on column users.password_hash is 'Salted hash of the password; null when they sign in otherwise. No request role reads it.';
comment on column users.email_verified is 'Whether the address is known to be theirs.';
comment on column users.email_verified_at is 'When that became known.';
comment on column users.name is 'Name as they write it.';
comment on column users.avatar_url is 'Address of a picture.';
comment on column users.preferences is 'What they chose in the console, as a JSON object.';
comment on column users.last_login_at is 'When they last signed in.';
comment on column users.last_active_at is 'When they last did something.';
comment on column users.created_at is 'When it was made.';
comment on column users.updated_at is 'When it was last changed; kept by a trigger.';
comment on column users.deleted_at is 'When it was deleted; null while it is not.';
create unique index users_email_key on users (lower(email)) where deleted_at is null;
create index users_last_active_at_idx on users (last_active_at desc);

-- One's own row only, and never its password hash; what members may know of each other stands in organization_members.
alter table users enable row level security;
create policy own_row on users for select to anon, authenticated, service_role
    using (id = overmind.user_id());
create policy own_row_update on users for update to authenticated, service_role
    using (id = overmind.user_id())
    with check (id = overmind.user_id());
revoke all on users from public, anon, authenticated, service_role;
grant select (id, email, email_verified, email_verified_at, name, avatar_url, preferences, last_login_at, last_active_at,
    created_at, updated_at, deleted_at) on users to anon, authenticated, service_role;
grant update (name, avatar_url, preferences) on users to authenticated, service_role;
create trigger touch_updated_at before update on users for each row execute function overmind.touch_updated_at();

create table organization_members (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    user_id         uuid        not null,
    display_name    text        not null,
    role            text        not null default 'user',
    permissions     jsonb       not null default '[]',
    left_at         timestamptz,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    constraint organization_members_pkey primary key (organization_id, id),
    constraint organization_members_organization_fkey foreign key (organization_id) references organizations (id),
    constraint organization_members_user_fkey foreign key (user_id) references users (id),
    constraint organization_members_user_key unique (organization_id, user_id),
    constraint organization_members_display_name_length check (length(display_name) between 1 and 255),
    constraint organization_members_role_known check (role in ('admin', 'user', 'viewer')),
    constraint organization_members_permissions_array check (jsonb_typeof(permissions) = 'array')
);
comment on table organization_members is 'Who belongs to an organization, with their role. People are referred to by this row, which carries the name others see; it is ended by left_at, never deleted.';
comment on column organization_members.organization_id is 'Tenant.';
comment on column organization_members.id is 'Identity: a UUIDv7.';
comment on column organization_members.user_id is 'The person.';
comment on column organization_members.display_name is 'Name that the other members see.';
comment on column organization_members.role is 'admin (everything), user (their own work) or viewer (reads).';
comment on column organization_members.permissions is 'Further permissions, as a JSON array.';
comment on column organization_members.left_at is 'When they left; null while they are a member.';
comment on column organization_members.created_at is 'When it was made.';
comment on column organization_members.updated_at is 'When it was last changed; kept by a trigger.';
create index organization_members_user_id_idx on organization_members (user_id);
select overmind.tenant_table('public.organization_members', fixed => '{user_id,created_at}');
-- Roles are given by admins. A member who leaves stays as a row: others point to it. A new one comes through a function:
-- users are shared by all tenants, and nobody is made a member by somebody who guesses an id.
create policy admins_update on organization_members as restrictive for update to public
    using (overmind.org_role() = 'admin');
revoke insert, delete on organization_members from authenticated, service_role;

create table projects (
    organization_id   uuid        not null default overmind.org_id(),
    id                uuid        not null default overmind.uuid_v7(),
    user_id           uuid        not null default overmind.user_id(),
    visibility        text        not null default 'private',
    name              text        not null,
    description       text,
    status            text        not null default 'active',
    cadence_config    jsonb,
    next_scheduled_at timestamptz,
    memories          jsonb       not null default '[]',
    settings          jsonb       not null default '{}',
    metadata          jsonb       not null default '{}',
    created_at        timestamptz not null default clock_timestamp(),
    updated_at        timestamptz not null default clock_timestamp(),
    deleted_at        timestamptz,
    constraint projects_pkey primary key (organization_id, id),
    constraint projects_organization_fkey foreign key (organization_id) references organizations (id),
    constraint projects_owner_fkey foreign key (organization_id, user_id) references organization_members (organization_id, user_id),
    constraint projects_visibility_known check (visibility in ('private', 'organization')),
    constraint projects_name_length check (length(name) between 1 and 255),
    constraint projects_status_known check (status in ('active', 'paused', 'archived')),
    constraint projects_cadence_mode_known check (
        cadence_config is null or coalesce(cadence_config ->> 'mode' in ('daily', 'weekdays', 'weekly', 'custom'), false)),
    constraint projects_memories_array check (jsonb_typeof(memories) = 'array'),
    constraint projects_settings_object check (jsonb_typeof(settings) = 'object'),
    constraint projects_metadata_object check (jsonb_typeof(metadata) = 'object')
);
comment on table projects is 'A folder of work that a person pursues; conversations may belong to one.';
comment on column projects.organization_id is 'Tenant.';
comment on column projects.id is 'Identity: a UUIDv7.';
comment on column projects.user_id is 'Owner.';
comment on column projects.visibility is 'private (owner and admins see it) or organization.';
comment on column projects.name is 'Its name.';
comment on column projects.description is 'What it is about.';
comment on column projects.status is 'active, paused or archived.';
comment on column projects.cadence_config is 'When episodes are due, as JSON: mode daily, weekdays, weekly or custom, and its parameters; null for none.';
comment on column projects.next_scheduled_at is 'When the next one is due.';
comment on column projects.memories is 'What the project remembers, as a JSON array.';
comment on column projects.settings is 'Further settings, as a JSON object.';
comment on column projects.metadata is 'What else is known of it, as a JSON object.';
comment on column projects.created_at is 'When it was made.';
comment on column projects.updated_at is 'When it was last changed; kept by a trigger.';
comment on column projects.deleted_at is 'When it was deleted; null while it is not.';
create index projects_owner_idx on projects (organization_id, user_id);
select overmind.tenant_table('public.projects', visibility => 'owner', owner_column => 'user_id');
