-- Lock: none on existing tables. Cost: creates empty tables.

create table sessions (
    id              uuid        not null default overmind.uuid_v7(),
    user_id         uuid        not null,
    organization_id uuid        not null,
    device_type     text        not null,
    device_name     text,
    ip_address      inet,
    user_agent      text,
    expires_at      timestamptz not null,
    last_active_at  timestamptz not null default clock_timestamp(),
    created_at      timestamptz not null default clock_timestamp(),
    revoked_at      timestamptz,
    revoked_reason  text,
    constraint sessions_pkey primary key (id),
    constraint sessions_user_fkey foreign key (user_id) references users (id),
    constraint sessions_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
    constraint sessions_device_type_known check (device_type in ('web', 'api')),
    constraint sessions_device_name_length check (length(device_name) between 1 and 255),
    constraint sessions_user_agent_length check (length(user_agent) <= 500),
    constraint sessions_revoked_reason_known check (
        revoked_reason in ('signed_out', 'revoked', 'refresh_token_reused', 'password_changed', 'membership_ended')),
    constraint sessions_revoked_whole check ((revoked_at is null) = (revoked_reason is null))
);
comment on table sessions is 'Where somebody is signed in: a browser or a program. It belongs to the person, not to a tenant; a caller sees their own.';
comment on column sessions.id is 'Identity: a UUIDv7; session_id of access tokens.';
comment on column sessions.user_id is 'Who is signed in.';
comment on column sessions.organization_id is 'The organization it acts in, unless a request chooses another of the person''s.';
comment on column sessions.device_type is 'web: the console, by its cookie; api: a program, by access and refresh tokens.';
comment on column sessions.device_name is 'What the person calls the device.';
comment on column sessions.ip_address is 'Where it was last signed in or refreshed from.';
comment on column sessions.user_agent is 'What it called itself then, cut to 500 characters.';
comment on column sessions.expires_at is 'When it ends by itself; moved on while it is used.';
comment on column sessions.last_active_at is 'When it was last used, to within two minutes.';
comment on column sessions.created_at is 'When it was signed in.';
comment on column sessions.revoked_at is 'When it was ended; null while it is not.';
comment on column sessions.revoked_reason is 'signed_out, revoked (from the list), refresh_token_reused, password_changed or membership_ended.';
create index sessions_user_idx on sessions (user_id, id);
create index sessions_organization_idx on sessions (organization_id);
create index sessions_expires_at_idx on sessions (expires_at);
-- Not a tenant table: a person has one list of devices, whichever organization they act in.
alter table sessions enable row level security;
create policy own_rows on sessions for select to anon, authenticated, service_role
    using (user_id = overmind.user_id());
revoke all on sessions from public, anon, authenticated, service_role;
grant select on sessions to anon, authenticated, service_role;

create table overmind.refresh_tokens (
    token_hash text        not null,
    session_id uuid        not null,
    salt       bytea,
    created_at timestamptz not null default clock_timestamp(),
    used_at    timestamptz,
    constraint refresh_tokens_pkey primary key (token_hash),
    constraint refresh_tokens_session_fkey foreign key (session_id) references public.sessions (id) on delete cascade
);
comment on table overmind.refresh_tokens is 'The refresh tokens of sessions, used ones too, so that a stolen one is told by its second use. Reached through functions for the service alone.';
comment on column overmind.refresh_tokens.token_hash is 'SHA-256 of the token, in hex.';
comment on column overmind.refresh_tokens.session_id is 'Its session.';
comment on column overmind.refresh_tokens.salt is 'With it the token''s holder, and nobody else, can be given the successor once more; null until it is used.';
comment on column overmind.refresh_tokens.created_at is 'When it was made.';
comment on column overmind.refresh_tokens.used_at is 'When it was first used; null: it is the session''s current one.';
create index refresh_tokens_session_idx on overmind.refresh_tokens (session_id);

create table overmind.signing_keys (
    id         uuid        not null,
    public_key jsonb       not null,
    secret     bytea       not null,
    created_at timestamptz not null default clock_timestamp(),
    retired_at timestamptz,
    constraint signing_keys_pkey primary key (id)
);
comment on table overmind.signing_keys is 'The keys that sign access tokens. Reached through functions for the service alone.';
comment on column overmind.signing_keys.id is 'Identity: a UUIDv7; the kid of tokens and of the key set.';
comment on column overmind.signing_keys.public_key is 'The public half, as RFC 7517 has it.';
comment on column overmind.signing_keys.secret is 'The private half (PKCS #8 in base64), encrypted with a key that is not in the database.';
comment on column overmind.signing_keys.created_at is 'When it was made; the newest signs.';
comment on column overmind.signing_keys.retired_at is 'When a newer one took its place: what it signed stays good until it expires.';

create table overmind.one_time_tokens (
    token_hash text        not null,
    purpose    text        not null,
    email      text        not null,
    name       text,
    user_id    uuid,
    created_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    used_at    timestamptz,
    constraint one_time_tokens_pkey primary key (token_hash),
    constraint one_time_tokens_user_fkey foreign key (user_id) references public.users (id)
);
comment on table overmind.one_time_tokens is 'What links in mails carry: good once, and for a while. Reached through functions for the service alone.';
comment on column overmind.one_time_tokens.token_hash is 'SHA-256 of the token, in hex.';
comment on column overmind.one_time_tokens.purpose is 'sign_up, verify_email or reset_password.';
comment on column overmind.one_time_tokens.email is 'Where it was sent.';
comment on column overmind.one_time_tokens.name is 'How the person wants to be called, of a sign-up.';
comment on column overmind.one_time_tokens.user_id is 'Whose account it is; null for a sign-up, which has none yet.';
comment on column overmind.one_time_tokens.created_at is 'When it was made.';
comment on column overmind.one_time_tokens.expires_at is 'Until when it is good.';
comment on column overmind.one_time_tokens.used_at is 'When it was used, or a newer one took its place.';
create index one_time_tokens_email_idx on overmind.one_time_tokens (lower(email), created_at);

create table overmind.external_identities (
    issuer       text        not null,
    subject      text        not null,
    user_id      uuid        not null,
    created_at   timestamptz not null default clock_timestamp(),
    constraint external_identities_pkey primary key (issuer, subject),
    constraint external_identities_user_fkey foreign key (user_id) references public.users (id)
);
comment on table overmind.external_identities is 'Who persons are at an OpenID provider. Reached through functions for the service alone.';
comment on column overmind.external_identities.issuer is 'The provider, as iss of its tokens.';
comment on column overmind.external_identities.subject is 'The person there, as sub of its tokens.';
comment on column overmind.external_identities.user_id is 'The person here.';
comment on column overmind.external_identities.created_at is 'When they were first seen.';
create index external_identities_user_idx on overmind.external_identities (user_id);

create table invitations (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    invited_by      uuid        not null default overmind.user_id(),
    email           text        not null,
    role            text        not null default 'user',
    token_hash      text,
    status          text        not null default 'pending',
    expires_at      timestamptz not null,
    accepted_at     timestamptz,
    accepted_by     uuid,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    constraint invitations_pkey primary key (organization_id, id),
    constraint invitations_organization_fkey foreign key (organization_id) references organizations (id),
    constraint invitations_invited_by_fkey foreign key (organization_id, invited_by) references organization_members (organization_id, user_id),
    constraint invitations_accepted_by_fkey foreign key (organization_id, accepted_by) references organization_members (organization_id, user_id),
    constraint invitations_email_shape check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 255),
    constraint invitations_role_known check (role in ('admin', 'user', 'viewer')),
    constraint invitations_status_known check (status in ('pending', 'accepted', 'expired', 'cancelled')),
    constraint invitations_accepted_whole check ((status = 'accepted') = (accepted_at is not null and accepted_by is not null))
);
comment on table invitations is 'Who was asked to join an organization, by mail. Whoever manages members sees and writes them.';
comment on column invitations.organization_id is 'Tenant.';
comment on column invitations.id is 'Identity: a UUIDv7.';
comment on column invitations.invited_by is 'Who asked.';
comment on column invitations.email is 'Whom: the address the link was sent to.';
comment on column invitations.role is 'What they will be: admin, user or viewer.';
comment on column invitations.token_hash is 'SHA-256 of the secret in the link, in hex; null until the mail is sent. No request role reads it.';
comment on column invitations.status is 'pending, accepted, expired or cancelled.';
comment on column invitations.expires_at is 'Until when the link is good.';
comment on column invitations.accepted_at is 'When they joined.';
comment on column invitations.accepted_by is 'The member they became.';
comment on column invitations.created_at is 'When it was made.';
comment on column invitations.updated_at is 'When it was last changed; kept by a trigger.';
create unique index invitations_pending_key on invitations (organization_id, lower(email)) where status = 'pending';
select overmind.tenant_table('public.invitations', fixed => '{invited_by,email,role,token_hash,accepted_at,accepted_by,created_at}');
-- The role admin is for admins to give.
create policy managers_read on invitations as restrictive for select to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('members.manage'));
create policy managers_insert on invitations as restrictive for insert to public
    with check (
        (overmind.org_role() = 'admin' or role <> 'admin' and overmind.has_permission('members.manage'))
        and invited_by = overmind.user_id() and status = 'pending');
create policy managers_update on invitations as restrictive for update to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('members.manage'))
    with check (status <> 'accepted');
create policy managers_delete on invitations as restrictive for delete to public
    using (overmind.org_role() = 'admin' or overmind.has_permission('members.manage'));
revoke select, insert, delete on invitations from anon, authenticated, service_role;
grant select (organization_id, id, invited_by, email, role, status, expires_at, accepted_at, accepted_by, created_at, updated_at)
    on invitations to anon, authenticated, service_role;
grant insert (id, email, role, expires_at) on invitations to authenticated, service_role;
