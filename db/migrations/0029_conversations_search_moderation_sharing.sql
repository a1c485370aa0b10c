-- Lock: short access exclusive on organizations, conversations and messages for columns without a rewrite; share on conversations and messages while their indexes are built (reads go on, writes wait). Cost: one scan of the two, about a second for a million messages, because the indexes of words begin empty, and another of the few messages that are moderated; what is there is indexed by a job afterwards, a thousand rows at a time.

alter table organizations add column indexed_language text;
comment on column organizations.indexed_language is 'Language by which its texts are indexed; follows its setting search_language as soon as a job has indexed them anew. Null: not indexed yet.';
-- A new organization has nothing that is not indexed.
alter table organizations alter column indexed_language set default 'simple';

-- Kept by triggers and written by nobody else: no role is granted update of it.
alter table conversations add column tsv tsvector;
comment on column conversations.tsv is 'Words of the title, as the search finds them; kept by a trigger.';
alter table messages add column tsv tsvector;
comment on column messages.tsv is 'Words of the content, as the search finds them; kept by a trigger. Of a very long text, those of its first 200,000 characters.';

-- The tenant first: words that everybody uses cost a small tenant no more than its own messages.
create index conversations_tsv_idx on conversations using gin (organization_id, tsv) where tsv is not null and deleted_at is null;
create index messages_tsv_idx on messages using gin (organization_id, tsv) where tsv is not null and deleted_at is null;
create index conversations_folder_idx on conversations (organization_id, folder, id desc) where folder is not null and deleted_at is null;

-- The review lists what is blocked, too, and by pages.
drop index messages_moderation_idx;
create index messages_moderation_idx on messages (organization_id, moderation_status, id) where moderation_status in ('pending', 'flagged', 'blocked');
comment on column messages.moderation_status is 'pending (a hook is still to say), approved, flagged (for the review) or blocked (no model and no share has it); null: not moderated, as what SQL clients write.';
comment on column messages.moderation_flags is 'What moderation found and what reviewers said: [{"code", "category", "detail", "source", "at"}].';
comment on column messages.moderated_at is 'When it was moderated; null while it is pending.';
-- An author does not approve what they wrote.
select overmind.tenant_table(
    'public.messages', visibility => 'inherited', owner_column => 'user_id',
    fixed => '{conversation_id,seq,role,parent_message_id,branch,session_id,version_number,changed_by,change_reason,tsv,moderation_status,moderation_flags,moderated_at}');
select overmind.tenant_table('public.conversations', visibility => 'owner', owner_column => 'user_id', fixed => '{tsv}');

create table conversation_shares (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    conversation_id uuid        not null,
    created_by      uuid        not null default overmind.user_id(),
    token_hash      text        not null,
    title           text        not null,
    branch          integer     not null,
    until_seq       bigint      not null,
    view_count      bigint      not null default 0,
    last_viewed_at  timestamptz,
    expires_at      timestamptz,
    revoked_at      timestamptz,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    constraint conversation_shares_pkey primary key (organization_id, id),
    constraint conversation_shares_token_hash_key unique (organization_id, token_hash),
    constraint conversation_shares_conversation_fkey foreign key (organization_id, conversation_id)
        references conversations (organization_id, id) on delete cascade,
    constraint conversation_shares_created_by_fkey foreign key (organization_id, created_by) references organization_members (organization_id, user_id),
    constraint conversation_shares_token_hash_shape check (token_hash ~ '^[0-9a-f]{64}$'),
    constraint conversation_shares_title_length check (length(title) between 1 and 500),
    constraint conversation_shares_until_seq_not_negative check (until_seq >= 0),
    constraint conversation_shares_view_count_not_negative check (view_count >= 0)
);
comment on table conversation_shares is 'Links by which anybody may read a conversation, as it was when the link was made.';
comment on column conversation_shares.organization_id is 'Tenant.';
comment on column conversation_shares.id is 'Identity: a UUIDv7.';
comment on column conversation_shares.conversation_id is 'The conversation.';
comment on column conversation_shares.created_by is 'Who made the link.';
comment on column conversation_shares.token_hash is 'SHA-256 of the secret in the link, in hex. No request role reads it.';
comment on column conversation_shares.title is 'Title of the conversation when the link was made.';
comment on column conversation_shares.branch is 'Branch that is shown: the active one when the link was made, unless another was named.';
comment on column conversation_shares.until_seq is 'messages.seq of the newest message when the link was made; later ones are not shown.';
comment on column conversation_shares.view_count is 'How often it was read, up to the last minute.';
comment on column conversation_shares.last_viewed_at is 'When it was last read, up to the last minute.';
comment on column conversation_shares.expires_at is 'Until when the link is good; null: until it is revoked.';
comment on column conversation_shares.revoked_at is 'When it was revoked; null: it is not.';
comment on column conversation_shares.created_at is 'When it was made: texts are shown as they were then.';
comment on column conversation_shares.updated_at is 'When somebody last changed it; kept by a trigger.';
create index conversation_shares_conversation_idx on conversation_shares (organization_id, conversation_id);
create index conversation_shares_created_by_idx on conversation_shares (organization_id, created_by, id);
select overmind.tenant_table(
    'public.conversation_shares', visibility => 'owner', owner_column => 'created_by',
    fixed => '{conversation_id,token_hash,title,branch,until_seq,view_count,last_viewed_at,created_at}');
revoke select, insert on conversation_shares from anon, authenticated, service_role;
grant select (organization_id, id, conversation_id, created_by, title, branch, until_seq, view_count, last_viewed_at, expires_at, revoked_at, created_at, updated_at)
    on conversation_shares to anon, authenticated, service_role;
grant insert (id, conversation_id, token_hash, title, branch, until_seq, expires_at) on conversation_shares to authenticated, service_role;

-- A share that everybody reads is no row that everybody waits for: views are appended, and counted together each minute.
create table overmind.share_views (
    organization_id uuid        not null,
    share_id        uuid        not null,
    viewed_at       timestamptz not null default clock_timestamp()
);
comment on table overmind.share_views is 'Views of shared conversations that are not counted yet.';
comment on column overmind.share_views.organization_id is 'Tenant.';
comment on column overmind.share_views.share_id is 'The share.';
comment on column overmind.share_views.viewed_at is 'When it was read.';
