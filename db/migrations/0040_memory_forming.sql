-- Lock: access exclusive on memories for an instant and while its empty partial index is built, share row exclusive on conversations for an instant. Cost: one scan of memories for the index; some seconds for 10 million.

-- What was formed says what it is about, so that the newest word of the same thing takes the place of the earlier ones, in whatever order they are read.
alter table memories
    add column fact_key     text,
    add column fact_value   text,
    add column confirmed_at timestamptz,
    add column confirmed_by uuid[] not null default '{}',
    add column withdrawn    text,
    add constraint memories_fact_key_length check (length(fact_key) between 1 and 300),
    add constraint memories_fact_value_of_key check (fact_value is null or (fact_key is not null and length(fact_value) <= 300)),
    add constraint memories_confirmed_by_count check (cardinality(confirmed_by) <= 20),
    add constraint memories_withdrawn_known check (withdrawn is null or (withdrawn in ('message', 'branch') and deleted_at is not null));
comment on column memories.fact_key is 'What it says something of, as subject and attribute ("home", "feeling:tea"); of the same owner one of a key holds at a time. Null: it contradicts nothing.';
comment on column memories.fact_value is 'What it says of that, in lower case; null: it was worded by hand since.';
comment on column memories.confirmed_at is 'When it was said last; null: once. Of the same key what was said last holds.';
comment on column memories.confirmed_by is 'Messages that said it again, the newest 20: should the first go, it rests on them.';
comment on column memories.withdrawn is 'Why it went by itself: message (that which said it was deleted or blocked) or branch (it stands on one that was left); it comes back by itself, too. Null: it is there, or somebody deleted it.';
-- One fact of a key holds: the law of forming, kept for whoever writes.
create unique index memories_fact_key_key on memories (
    organization_id, owner_id, fact_key, (case visibility when 'private' then user_id end)) nulls not distinct
    where fact_key is not null and deleted_at is null and valid_until is null;
select overmind.tenant_table(
    'public.memories', visibility => 'owner', owner_column => 'user_id',
    fixed => '{owner_type,owner_id,agent_id,project_id,memory_type,content_hash,source,source_conversation_id,source_message_id,source_branch,tsv,embedding_dimensions,embedded_at,embedding_next,embedding_next_model,version_number,changed_by,changed_at,change_reason,created_by,created_at,fact_key,fact_value,confirmed_by,withdrawn}');

create table memory_formings (
    organization_id uuid        not null default overmind.org_id(),
    conversation_id uuid        not null,
    branch          integer     not null,
    user_id         uuid        not null,
    visibility      text        not null,
    until_seq       bigint      not null default 0,
    added           integer     not null default 0,
    updated         integer     not null default 0,
    superseded      integer     not null default 0,
    confirmed       integer     not null default 0,
    error           text,
    formed_at       timestamptz not null default clock_timestamp(),
    created_at      timestamptz not null default clock_timestamp(),
    constraint memory_formings_pkey primary key (organization_id, conversation_id, branch),
    constraint memory_formings_conversation_fkey foreign key (organization_id, conversation_id)
        references conversations (organization_id, id) on delete cascade,
    constraint memory_formings_visibility_known check (visibility in ('private', 'organization')),
    constraint memory_formings_branch_not_negative check (branch >= 0),
    constraint memory_formings_until_seq_not_negative check (until_seq >= 0),
    constraint memory_formings_counts_not_negative check (added >= 0 and updated >= 0 and superseded >= 0 and confirmed >= 0),
    constraint memory_formings_error_length check (length(error) <= 2000)
);
comment on table memory_formings is 'Up to where memories were formed from the messages of a branch.';
comment on column memory_formings.organization_id is 'Tenant.';
comment on column memory_formings.conversation_id is 'The conversation.';
comment on column memory_formings.branch is 'The branch whose own messages they are, 0 for the trunk.';
comment on column memory_formings.user_id is 'Owner of the conversation; copied by a trigger.';
comment on column memory_formings.visibility is 'That of the conversation; copied by a trigger.';
comment on column memory_formings.until_seq is 'messages.seq up to which they were read; set back by what makes an earlier one worth reading again.';
comment on column memory_formings.added is 'Memories that came of them.';
comment on column memory_formings.updated is 'Memories whose wording they changed.';
comment on column memory_formings.superseded is 'Memories whose place one of them took.';
comment on column memory_formings.confirmed is 'Memories that they said again.';
comment on column memory_formings.error is 'Why the last attempt failed; null: it did not.';
comment on column memory_formings.formed_at is 'When it was last tried.';
comment on column memory_formings.created_at is 'When it was first tried.';
select overmind.tenant_table(
    'public.memory_formings', visibility => 'inherited', owner_column => 'user_id', fixed => '{conversation_id,branch,created_at}');
