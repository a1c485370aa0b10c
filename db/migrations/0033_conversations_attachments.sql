-- Lock: share row exclusive on organizations, organization_members and conversations for an instant, for the foreign keys. Cost: creates empty tables.

-- Contents belong to nobody: whoever refers to one says who may read it. So no member's role reads or writes them, and a hash that somebody knows opens nothing.
create table file_contents (
    organization_id uuid        not null default overmind.org_id(),
    sha256          bytea       not null,
    size_bytes      bigint      not null,
    chunk_count     integer     not null,
    last_stored_at  timestamptz not null default clock_timestamp(),
    created_at      timestamptz not null default clock_timestamp(),
    constraint file_contents_pkey primary key (organization_id, sha256),
    constraint file_contents_organization_fkey foreign key (organization_id) references organizations (id),
    constraint file_contents_sha256_length check (octet_length(sha256) = 32),
    constraint file_contents_size_bytes_not_negative check (size_bytes >= 0),
    constraint file_contents_chunk_count_of_size check (chunk_count = (size_bytes + 262143) / 262144)
);
comment on table file_contents is 'Contents of files, each once an organization, by hash. What no foreign key refers to is deleted by a job.';
comment on column file_contents.organization_id is 'Tenant.';
comment on column file_contents.sha256 is 'SHA-256 of the content.';
comment on column file_contents.size_bytes is 'Its size.';
comment on column file_contents.chunk_count is 'In how many pieces it is stored, of 256 KiB but for the last.';
comment on column file_contents.last_stored_at is 'When it was last sent; what was sent within the hour is not deleted.';
comment on column file_contents.created_at is 'When it was first sent.';
select overmind.tenant_table('public.file_contents');
revoke all on file_contents from anon, authenticated, service_role;
grant select (organization_id, created_at) on file_contents to anon, authenticated;
grant select, insert, update (last_stored_at) on file_contents to service_role;

create table file_chunks (
    organization_id uuid    not null default overmind.org_id(),
    sha256          bytea   not null,
    number          integer not null,
    content         bytea   not null,
    created_at      timestamptz not null default clock_timestamp(),
    constraint file_chunks_pkey primary key (organization_id, sha256, number),
    constraint file_chunks_content_fkey foreign key (organization_id, sha256) references file_contents (organization_id, sha256) on delete cascade,
    constraint file_chunks_number_not_negative check (number >= 0),
    constraint file_chunks_content_length check (octet_length(content) between 1 and 262144)
);
-- What is sent is mostly packed already, and a piece that is not packed is read without unpacking it.
alter table file_chunks alter column content set storage external;
comment on table file_chunks is 'The pieces of contents of files.';
comment on column file_chunks.organization_id is 'Tenant.';
comment on column file_chunks.sha256 is 'The content it is a piece of.';
comment on column file_chunks.number is 'Its place, from 0.';
comment on column file_chunks.content is '256 KiB; of the last piece what is left.';
comment on column file_chunks.created_at is 'When it was written.';
select overmind.tenant_table('public.file_chunks');
revoke all on file_chunks from anon, authenticated, service_role;
grant select (organization_id, created_at) on file_chunks to anon, authenticated;
grant select, insert on file_chunks to service_role;

create table attachments (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    user_id         uuid        not null default overmind.user_id(),
    visibility      text        not null default 'private',
    uploaded_by     uuid        not null default overmind.user_id(),
    conversation_id uuid,
    message_ids     uuid[]      not null default '{}',
    name            text        not null,
    media_type      text        not null,
    size_bytes      bigint      not null,
    sha256          bytea       not null,
    created_at      timestamptz not null default clock_timestamp(),
    deleted_at      timestamptz,
    constraint attachments_pkey primary key (organization_id, id),
    constraint attachments_owner_fkey foreign key (organization_id, user_id) references organization_members (organization_id, user_id),
    constraint attachments_uploaded_by_fkey foreign key (organization_id, uploaded_by) references organization_members (organization_id, user_id),
    constraint attachments_conversation_fkey foreign key (organization_id, conversation_id)
        references conversations (organization_id, id) on delete cascade,
    constraint attachments_content_fkey foreign key (organization_id, sha256) references file_contents (organization_id, sha256),
    constraint attachments_visibility_known check (visibility in ('private', 'organization')),
    constraint attachments_message_ids_with_conversation check (conversation_id is not null or message_ids = '{}'),
    constraint attachments_name_length check (length(name) between 1 and 255),
    constraint attachments_name_plain check (name !~ '[/\\[:cntrl:]]' and name not in ('.', '..')),
    constraint attachments_media_type_shape check (media_type ~ '^[a-z0-9.+-]{1,100}/[a-z0-9.+-]{1,100}$'),
    constraint attachments_size_bytes_positive check (size_bytes > 0)
);
comment on table attachments is 'Files that messages show. One that was sent belongs to whoever sent it until a message names it, and then goes with the conversation.';
comment on column attachments.organization_id is 'Tenant.';
comment on column attachments.id is 'Identity: a UUIDv7.';
comment on column attachments.user_id is 'Owner: whoever sent it, and from its first message on the owner of the conversation; set by a trigger.';
comment on column attachments.visibility is 'private until a message names it, then that of the conversation; set by a trigger.';
comment on column attachments.uploaded_by is 'Member who sent it.';
comment on column attachments.conversation_id is 'Conversation whose messages name it; null: none yet. Set by a trigger.';
comment on column attachments.message_ids is 'Messages that name it, or whose earlier versions do; set by a trigger.';
comment on column attachments.name is 'Name of the file, without a folder.';
comment on column attachments.media_type is 'What it is, as its first bytes say.';
comment on column attachments.size_bytes is 'Its size.';
comment on column attachments.sha256 is 'Its content.';
comment on column attachments.created_at is 'When it was sent.';
comment on column attachments.deleted_at is 'When somebody deleted it; null: nobody has. It is not shown while its messages or its conversation are deleted, either.';
create index attachments_conversation_idx on attachments (organization_id, conversation_id, id) where conversation_id is not null;
create index attachments_owner_idx on attachments (organization_id, user_id, id);
create index attachments_content_idx on attachments (organization_id, sha256);
select overmind.tenant_table(
    'public.attachments', visibility => 'owner', owner_column => 'user_id',
    fixed => '{visibility,uploaded_by,conversation_id,message_ids,name,media_type,size_bytes,sha256,created_at}');
-- A row is a right to read a content, so that the service alone writes one: for who has just sent that.
revoke insert, delete on attachments from authenticated;
revoke delete on attachments from service_role;
