-- Lock: access exclusive on conversations, messages and workflow_runs, on messages while one index is built and one foreign key is checked. Cost: one scan and sort of messages, some seconds for 10 million; columns are added without writing a row.

-- A conversation is a trunk (0), which has no row here, and branches. A branch is read as its own messages, before them its parent's up to where it was forked,
-- and so on: nothing is copied, and what an abandoned branch has is not even looked at.
create table conversation_branches (
    organization_id  uuid        not null default overmind.org_id(),
    id               uuid        not null default overmind.uuid_v7(),
    conversation_id  uuid        not null,
    number           integer     not null,
    user_id          uuid        not null,
    visibility       text        not null,
    parent_number    integer     not null default 0,
    forked_after_seq bigint      not null default 0,
    name             text,
    reason           text        not null default 'fork',
    created_by       uuid        default overmind.user_id(),
    created_at       timestamptz not null default clock_timestamp(),
    constraint conversation_branches_pkey primary key (organization_id, id),
    constraint conversation_branches_number_key unique (organization_id, conversation_id, number),
    constraint conversation_branches_conversation_fkey foreign key (organization_id, conversation_id)
        references conversations (organization_id, id) on delete cascade,
    constraint conversation_branches_visibility_known check (visibility in ('private', 'organization')),
    constraint conversation_branches_parent_earlier check (parent_number >= 0 and parent_number < number),
    constraint conversation_branches_forked_after_seq_not_negative check (forked_after_seq >= 0),
    constraint conversation_branches_name_length check (length(name) between 1 and 100),
    constraint conversation_branches_reason_known check (reason in ('regenerate', 'edit', 'fork'))
);
comment on table conversation_branches is 'Where a conversation went on otherwise. Its trunk, number 0, has no row. A parent is always made before its branches, so that there are no circles.';
comment on column conversation_branches.organization_id is 'Tenant.';
comment on column conversation_branches.id is 'Identity: a UUIDv7.';
comment on column conversation_branches.conversation_id is 'The conversation.';
comment on column conversation_branches.number is 'Which branch of the conversation, from 1; given by a trigger.';
comment on column conversation_branches.user_id is 'Owner of the conversation; copied by a trigger.';
comment on column conversation_branches.visibility is 'That of the conversation; copied by a trigger.';
comment on column conversation_branches.parent_number is 'Branch that it left; 0: the trunk.';
comment on column conversation_branches.forked_after_seq is 'messages.seq of the last message that it shares with its parent; 0: none.';
comment on column conversation_branches.name is 'What people call it; null: nothing yet.';
comment on column conversation_branches.reason is 'Why it was made: regenerate (another answer), edit (a question put otherwise) or fork.';
comment on column conversation_branches.created_by is 'Who made it.';
comment on column conversation_branches.created_at is 'When it was made.';
select overmind.tenant_table(
    'public.conversation_branches', visibility => 'inherited', owner_column => 'user_id',
    fixed => '{conversation_id,number,parent_number,forked_after_seq,reason,created_by,created_at}');

create table conversation_sessions (
    organization_id      uuid        not null default overmind.org_id(),
    id                   uuid        not null default overmind.uuid_v7(),
    conversation_id      uuid        not null,
    user_id              uuid        not null,
    visibility           text        not null,
    agent_id             uuid,
    status               text        not null default 'active',
    message_count        integer     not null default 0,
    total_tokens_used    bigint      not null default 0,
    tool_calls_count     integer     not null default 0,
    session_state        jsonb       not null default '{}',
    interruption_context jsonb,
    started_at           timestamptz not null default clock_timestamp(),
    last_active          timestamptz not null default clock_timestamp(),
    ended_at             timestamptz,
    created_by           uuid        default overmind.user_id(),
    created_at           timestamptz not null default clock_timestamp(),
    updated_at           timestamptz not null default clock_timestamp(),
    constraint conversation_sessions_pkey primary key (organization_id, id),
    constraint conversation_sessions_conversation_fkey foreign key (organization_id, conversation_id)
        references conversations (organization_id, id) on delete cascade,
    constraint conversation_sessions_agent_fkey foreign key (organization_id, agent_id) references agent_configurations (organization_id, id),
    constraint conversation_sessions_visibility_known check (visibility in ('private', 'organization')),
    constraint conversation_sessions_status_known check (status in ('active', 'paused', 'completed', 'abandoned')),
    constraint conversation_sessions_ended_at_when_ended check ((status in ('completed', 'abandoned')) = (ended_at is not null)),
    constraint conversation_sessions_counts_not_negative check (message_count >= 0 and total_tokens_used >= 0 and tool_calls_count >= 0),
    constraint conversation_sessions_session_state_object check (jsonb_typeof(session_state) = 'object'),
    constraint conversation_sessions_interruption_context_object check (jsonb_typeof(interruption_context) = 'object')
) with (fillfactor = 80);
comment on table conversation_sessions is 'A sitting at a conversation: what was said from its beginning to its end, which may be paused.';
comment on column conversation_sessions.organization_id is 'Tenant.';
comment on column conversation_sessions.id is 'Identity: a UUIDv7.';
comment on column conversation_sessions.conversation_id is 'The conversation.';
comment on column conversation_sessions.user_id is 'Owner of the conversation; copied by a trigger.';
comment on column conversation_sessions.visibility is 'That of the conversation; copied by a trigger.';
comment on column conversation_sessions.agent_id is 'Agent it is with; null: no one in particular.';
comment on column conversation_sessions.status is 'active (takes messages), paused, completed (for good) or abandoned (nothing was said for long).';
comment on column conversation_sessions.message_count is 'Messages in it that are not deleted; kept by triggers.';
comment on column conversation_sessions.total_tokens_used is 'Tokens that its messages took to make, deleted ones included; kept by a trigger.';
comment on column conversation_sessions.tool_calls_count is 'Calls of tools in its messages, deleted ones included; kept by a trigger.';
comment on column conversation_sessions.session_state is 'What the application remembers of it, as a JSON object.';
comment on column conversation_sessions.interruption_context is 'What to know when it goes on, as a JSON object; null: it was not interrupted.';
comment on column conversation_sessions.started_at is 'When it began.';
comment on column conversation_sessions.last_active is 'When something was last said in it.';
comment on column conversation_sessions.ended_at is 'When it ended; set exactly when it is completed or abandoned.';
comment on column conversation_sessions.created_by is 'Who began it.';
comment on column conversation_sessions.created_at is 'When it was made.';
comment on column conversation_sessions.updated_at is 'When somebody last changed it: not when something was said; kept by a trigger.';
create index conversation_sessions_conversation_idx on conversation_sessions (organization_id, conversation_id, id);
-- Without last_active, which each message changes: few sessions are active, and the job looks at all of them.
create index conversation_sessions_active_idx on conversation_sessions (id) where status = 'active';
select overmind.tenant_table(
    'public.conversation_sessions', visibility => 'inherited', owner_column => 'user_id', fixed => '{conversation_id,started_at,created_by,created_at}');

create table message_versions (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    message_id      uuid        not null,
    version_number  integer     not null,
    user_id         uuid        not null,
    visibility      text        not null,
    content         text        not null,
    content_parts   jsonb,
    metadata        jsonb       not null,
    changed_by      uuid,
    change_reason   text,
    created_at      timestamptz not null,
    constraint message_versions_pkey primary key (organization_id, id),
    constraint message_versions_number_key unique (organization_id, message_id, version_number),
    constraint message_versions_message_fkey foreign key (organization_id, message_id)
        references messages (organization_id, id) on delete cascade,
    constraint message_versions_visibility_known check (visibility in ('private', 'organization')),
    constraint message_versions_version_number_positive check (version_number > 0),
    constraint message_versions_change_reason_length check (length(change_reason) <= 500)
);
comment on table message_versions is 'What a message said before it was changed. What it says now is the message itself.';
comment on column message_versions.organization_id is 'Tenant.';
comment on column message_versions.id is 'Identity: a UUIDv7.';
comment on column message_versions.message_id is 'The message.';
comment on column message_versions.version_number is 'Which version, from 1.';
comment on column message_versions.user_id is 'Owner of the conversation; copied from the message.';
comment on column message_versions.visibility is 'That of the conversation; copied from the message.';
comment on column message_versions.content is 'Its text.';
comment on column message_versions.content_parts is 'What was more than text.';
comment on column message_versions.metadata is 'What else was known of it.';
comment on column message_versions.changed_by is 'Who wrote this version; null: a model or a tool.';
comment on column message_versions.change_reason is 'Why they wrote it; null: the first, or no reason was given.';
comment on column message_versions.created_at is 'When it was written.';
select overmind.tenant_table('public.message_versions', visibility => 'inherited', owner_column => 'user_id');
-- Written by a trigger alone: nobody puts words into another's mouth, and what was said is not unsaid.
revoke insert, update, delete on message_versions from authenticated, service_role;

alter table conversations
    add column active_branch integer not null default 0,
    add constraint conversations_active_branch_not_negative check (active_branch >= 0) not valid;
alter table conversations validate constraint conversations_active_branch_not_negative;
comment on column conversations.active_branch is 'Branch that is shown and goes on: a number of conversation_branches, 0 for the trunk.';
comment on column conversations.message_count is 'Messages that are not deleted, of all branches; kept by triggers.';
comment on column conversations.last_seq is 'Number of the newest message, of all branches; kept by a trigger.';
select overmind.tenant_table('public.conversations', visibility => 'owner', owner_column => 'user_id');

-- Without a default afterwards: whether a row names its branch is what its trigger must know.
alter table messages
    add column branch integer not null default 0,
    add column version_number integer not null default 1,
    add column changed_by uuid,
    add column change_reason text;
alter table messages
    alter column branch drop default,
    add constraint messages_branch_not_negative check (branch >= 0) not valid,
    add constraint messages_version_number_positive check (version_number > 0) not valid,
    add constraint messages_change_reason_length check (length(change_reason) <= 500) not valid,
    -- What was written before may be of another shape, and stays.
    add constraint messages_tools_shape check (case jsonb_typeof(tools)
        when 'array' then jsonb_array_length(tools) = jsonb_array_length(jsonb_path_query_array(
            tools, '$[*] ? (@.type() == "object" && @.id.type() == "string" && @.name.type() == "string" && @.arguments.type() == "object")'))
        else tools is null
    end) not valid,
    add constraint messages_tool_result_names_call check (
        content_parts ->> 'type' is distinct from 'tool_result' or jsonb_typeof(content_parts -> 'tool_call_id') is not distinct from 'string') not valid,
    -- Each message follows another now; one that goes for good leaves those after it.
    drop constraint messages_parent_fkey,
    add constraint messages_parent_fkey foreign key (organization_id, parent_message_id) references messages (organization_id, id)
        on delete set null (parent_message_id),
    add constraint messages_session_fkey foreign key (organization_id, session_id) references conversation_sessions (organization_id, id) not valid;
comment on column messages.seq is 'Place in the conversation, from 1 without gaps over all branches; given by a trigger.';
comment on column messages.branch is 'Branch it stands on, 0 for the trunk: the active one unless it says otherwise.';
comment on column messages.parent_message_id is 'Message it follows or answers: the last one of its branch unless given.';
comment on column messages.version_number is 'Which version of it this is, from 1; earlier ones stand in message_versions. Kept by a trigger.';
comment on column messages.changed_by is 'Who wrote this version; null: whoever sent the message.';
comment on column messages.change_reason is 'Why they wrote it, as app.change_reason of the transaction said; null: no reason was given.';
comment on column messages.tools is 'Calls of tools that it asks for: [{"id", "name", "arguments"}].';
create index messages_branch_idx on messages (organization_id, conversation_id, branch, seq);
-- Of deleted messages alone, which are few: for those that purge them.
create index messages_deleted_idx on messages (organization_id, deleted_at) where deleted_at is not null;
create index messages_session_idx on messages (organization_id, session_id) where session_id is not null;
select overmind.tenant_table(
    'public.messages', visibility => 'inherited', owner_column => 'user_id',
    fixed => '{conversation_id,seq,role,parent_message_id,branch,session_id,version_number,changed_by,change_reason}');

alter table workflow_runs
    add column branch integer not null default 0;
alter table workflow_runs
    alter column branch drop default,
    add constraint workflow_runs_branch_not_negative check (branch >= 0) not valid;
comment on column workflow_runs.branch is 'Branch of the conversation that the answer goes to: the question''s unless it is answered again.';
select overmind.tenant_table(
    'public.workflow_runs', visibility => 'inherited', owner_column => 'user_id',
    fixed => '{conversation_id,question_message_id,branch,api_key_id,trace_id,is_scheduled}');
