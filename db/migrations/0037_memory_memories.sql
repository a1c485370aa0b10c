-- Lock: share row exclusive on organization_members, agent_configurations and projects for an instant. Cost: creates empty tables; what is in projects.memories is moved afterwards, some hundred of a project a second.

-- Where a memory comes from and what superseded it is looked at when it is written (memories_before_owning), and no foreign key holds it afterwards: a message
-- that goes for good leaves what was learned of it, which says still that it came from there.
-- One table for all that is remembered, whatever it is and whose: what is searched together stands together.
create table memories (
    organization_id          uuid        not null default overmind.org_id(),
    id                       uuid        not null default overmind.uuid_v7(),
    user_id                  uuid        not null default overmind.user_id(),
    visibility               text        not null,
    owner_type               text        not null default 'user',
    owner_id                 uuid        not null,
    agent_id                 uuid,
    project_id               uuid,
    memory_type              text        not null,
    category                 text,
    content                  text        not null,
    content_parts            jsonb       not null,
    content_hash             bytea       not null,
    tags                     text[]      not null default '{}',
    metadata                 jsonb       not null default '{}',
    importance               double precision not null default 0.5,
    decay_rate               double precision not null default 0.1,
    pinned                   boolean     not null default false,
    access_count             bigint      not null default 0,
    last_accessed_at         timestamptz not null default clock_timestamp(),
    expires_at               timestamptz,
    valid_from               timestamptz not null default clock_timestamp(),
    valid_until              timestamptz,
    superseded_by            uuid,
    related_memories         uuid[]      not null default '{}',
    source                   text        not null,
    source_conversation_id   uuid,
    source_message_id        uuid,
    source_branch            integer,
    tsv                      tsvector,
    embedding                vector,
    embedding_model_provider text,
    embedding_model_name     text,
    embedding_dimensions     integer,
    embedded_at              timestamptz,
    version_number           integer     not null default 1,
    changed_by               uuid,
    changed_at               timestamptz,
    change_reason            text,
    created_by               uuid        default overmind.user_id(),
    created_at               timestamptz not null default clock_timestamp(),
    updated_at               timestamptz not null default clock_timestamp(),
    deleted_at               timestamptz,
    constraint memories_pkey primary key (organization_id, id),
    constraint memories_user_fkey foreign key (organization_id, user_id) references organization_members (organization_id, user_id),
    constraint memories_agent_fkey foreign key (organization_id, agent_id) references agent_configurations (organization_id, id),
    constraint memories_project_fkey foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade,
    constraint memories_visibility_known check (visibility in ('private', 'organization')),
    constraint memories_owner_whole check (case owner_type
        when 'agent' then owner_id is not distinct from agent_id and project_id is null
        when 'project' then owner_id is not distinct from project_id and agent_id is null
        when 'user' then owner_id = user_id and agent_id is null and project_id is null
        when 'organization' then owner_id = organization_id and agent_id is null and project_id is null and visibility = 'organization'
        else false
    end),
    constraint memories_memory_type_known check (memory_type in ('episodic', 'semantic', 'procedural', 'working')),
    constraint memories_category_length check (length(category) between 1 and 100),
    -- What is remembered is a thought, not a document: a vector of more than this is of nothing in particular.
    constraint memories_content_length check (length(content) <= 32768 and (content <> '' or memory_type = 'working')),
    constraint memories_content_parts_shape check (jsonb_typeof(content_parts) = 'object' and coalesce(case memory_type
        when 'episodic' then jsonb_typeof(content_parts -> 'event') = 'string' and jsonb_typeof(content_parts -> 'temporal') in ('object', 'string')
        when 'semantic' then jsonb_typeof(content_parts -> 'concept') = 'string' and jsonb_typeof(content_parts -> 'definition') = 'string'
        when 'procedural' then jsonb_typeof(content_parts -> 'skill') = 'string' and jsonb_typeof(content_parts -> 'steps') = 'array'
        when 'working' then case
            when jsonb_typeof(content_parts -> 'items') = 'array' and jsonb_typeof(content_parts -> 'capacity') = 'number'
            then (content_parts ->> 'capacity')::numeric % 1 = 0
                and (content_parts ->> 'capacity')::numeric >= greatest(1, jsonb_array_length(content_parts -> 'items'))
                and (content_parts ->> 'capacity')::numeric <= 1000
        end
        else true
    end, false)),
    constraint memories_content_parts_size check (octet_length(content_parts::text) <= 131072),
    constraint memories_tags_count check (cardinality(tags) <= 50),
    constraint memories_metadata_object check (jsonb_typeof(metadata) = 'object'),
    constraint memories_importance_range check (importance between 0 and 1),
    constraint memories_decay_rate_range check (decay_rate between 0 and 1),
    constraint memories_access_count_not_negative check (access_count >= 0),
    constraint memories_last_accessed_at_finite check (isfinite(last_accessed_at)),
    constraint memories_valid_forward check (valid_until >= valid_from),
    constraint memories_superseded_ends check (superseded_by is null or valid_until is not null and superseded_by <> id),
    constraint memories_related_memories_count check (cardinality(related_memories) <= 100),
    constraint memories_source_known check (source in ('message', 'user', 'agent', 'import', 'consolidation')),
    constraint memories_source_branch_not_negative check (source_branch >= 0),
    constraint memories_embedding_described check (
        embedding is null
        or (embedding_model_name is not null and embedding_dimensions is not distinct from vector_dims(embedding))),
    constraint memories_version_number_positive check (version_number > 0),
    constraint memories_change_reason_length check (length(change_reason) <= 500)
) with (fillfactor = 90);
comment on table memories is 'What an agent, a member, a project or the organization remembers.';
comment on column memories.organization_id is 'Tenant.';
comment on column memories.id is 'Identity: a UUIDv7.';
comment on column memories.user_id is 'Member whose row it is: who remembers, or in whose service an agent does.';
comment on column memories.visibility is 'private (that member and admins see it) or organization; of a project that of the project, copied by triggers.';
comment on column memories.owner_type is 'Whose memory it is: user (that member), agent, project or organization.';
comment on column memories.owner_id is 'The owner: user_id, agent_id, project_id or organization_id; kept by a trigger.';
comment on column memories.agent_id is 'Agent that remembers it; set exactly when owner_type is agent.';
comment on column memories.project_id is 'Project that it belongs to; set exactly when owner_type is project.';
comment on column memories.memory_type is 'episodic (what happened), semantic (what is so), procedural (how something is done) or working (what is at hand).';
comment on column memories.category is 'What kind of thing it is, in the application''s words: preference, say; null: nothing particular.';
comment on column memories.content is 'Its words, which are searched and embedded: made from content_parts by overmind.memory_words() unless given.';
comment on column memories.content_parts is 'The same in the shape of its type: {"event", "temporal"}, {"concept", "definition"}, {"skill", "steps"} or {"items", "capacity"}; made from content by overmind.memory_shape() unless given.';
comment on column memories.content_hash is 'SHA-256 of the words in lower case, with one space between them; kept by a trigger.';
comment on column memories.tags is 'Words to find it by.';
comment on column memories.metadata is 'What else is known of it, as a JSON object.';
comment on column memories.importance is 'How much it matters, 0 to 1.';
comment on column memories.decay_rate is 'How fast it fades: 0.1 as the organization''s half-life says, 0.2 twice as fast, 0 never.';
comment on column memories.pinned is 'Whether it stays as fresh as on its first day and is never pruned.';
comment on column memories.access_count is 'How often it was used.';
comment on column memories.last_accessed_at is 'When it was last used, or made; its recency is reckoned from here.';
comment on column memories.expires_at is 'From when on nobody is shown it; null: never.';
comment on column memories.valid_from is 'Since when it has been so.';
comment on column memories.valid_until is 'Until when it was so; null: it still is.';
comment on column memories.superseded_by is 'Memory that took its place, which may be gone; null: none did.';
comment on column memories.related_memories is 'Other memories that it has to do with.';
comment on column memories.source is 'Where it comes from: a message, a user, an agent, an import or a consolidation of others.';
comment on column memories.source_conversation_id is 'Conversation that it comes from, which may be gone; null: none.';
comment on column memories.source_message_id is 'Message that it comes from, which may be gone; null: none.';
comment on column memories.source_branch is 'Branch of the conversation on which the message stands.';
comment on column memories.tsv is 'Words of the content, as the search finds them; kept by a trigger.';
comment on column memories.embedding is 'Vector of the content; null until it is made.';
comment on column memories.embedding_model_provider is 'Provider of the model that made the vector.';
comment on column memories.embedding_model_name is 'Model that made the vector; vectors of different models are not compared.';
comment on column memories.embedding_dimensions is 'Length of the vector; kept by a trigger.';
comment on column memories.embedded_at is 'When the vector was written; kept by a trigger.';
comment on column memories.version_number is 'Which version of it this is, from 1; earlier ones stand in memory_versions. Kept by a trigger.';
comment on column memories.changed_by is 'Who wrote this version; null: whoever made the memory.';
comment on column memories.changed_at is 'When they wrote it; null: when it was made.';
comment on column memories.change_reason is 'Why they wrote it, as app.change_reason of the transaction said; null: no reason was given.';
comment on column memories.created_by is 'Who made it.';
comment on column memories.created_at is 'When it was made.';
comment on column memories.updated_at is 'When somebody last changed it: not when it was used or embedded; kept by a trigger.';
comment on column memories.deleted_at is 'When it was deleted or pruned; null while it is not.';
-- A member's list, the newest first.
create index memories_user_idx on memories (organization_id, user_id, id desc) where deleted_at is null;
-- What others share, the newest first.
create index memories_shared_idx on memories (organization_id, id desc) where visibility = 'organization' and deleted_at is null;
-- What an agent, a project, a member or the organization remembers.
create index memories_owner_idx on memories (organization_id, owner_id, id desc) where deleted_at is null;
-- The same is remembered once, by whoever sees it. What expires may be said again, and working memory changes all the time.
create unique index memories_content_key on memories (
    organization_id, content_hash, owner_id, memory_type, (case visibility when 'private' then user_id end)) nulls not distinct
    where deleted_at is null and valid_until is null and expires_at is null and memory_type <> 'working';
-- The search for words.
create index memories_tsv_idx on memories using gin (organization_id, tsv) where deleted_at is null;
-- What a message, a conversation or a later memory led to; each has few rows, and none that are of no message.
create index memories_source_message_idx on memories (organization_id, source_message_id) where source_message_id is not null;
create index memories_source_conversation_idx on memories (organization_id, source_conversation_id) where source_conversation_id is not null;
create index memories_superseded_by_idx on memories (organization_id, superseded_by) where superseded_by is not null;
-- A project that is deleted takes its memories with it.
create index memories_project_idx on memories (organization_id, project_id) where project_id is not null;
-- For those that sweep what has expired and purge what was deleted.
create index memories_expires_idx on memories (expires_at) where expires_at is not null and deleted_at is null;
create index memories_deleted_idx on memories (organization_id, deleted_at) where deleted_at is not null;
select overmind.tenant_table(
    'public.memories', visibility => 'owner', owner_column => 'user_id',
    fixed => '{owner_type,owner_id,agent_id,project_id,memory_type,content_hash,source,source_conversation_id,source_message_id,source_branch,tsv,embedding_dimensions,embedded_at,version_number,changed_by,changed_at,change_reason,created_by,created_at}');
-- What is shared is read by everybody and changed by whose it is: nobody puts into another's memory what they never said.
create policy own_change on memories as restrictive for update to public
    using (user_id = (select overmind.user_id()) or (select overmind.org_role()) = 'admin');

create table memory_versions (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    memory_id       uuid        not null,
    version_number  integer     not null,
    user_id         uuid        not null,
    visibility      text        not null,
    content         text        not null,
    content_parts   jsonb       not null,
    category        text,
    tags            text[]      not null,
    metadata        jsonb       not null,
    changed_by      uuid,
    change_reason   text,
    created_at      timestamptz not null,
    constraint memory_versions_pkey primary key (organization_id, id),
    constraint memory_versions_number_key unique (organization_id, memory_id, version_number),
    constraint memory_versions_memory_fkey foreign key (organization_id, memory_id) references memories (organization_id, id) on delete cascade,
    constraint memory_versions_visibility_known check (visibility in ('private', 'organization')),
    constraint memory_versions_version_number_positive check (version_number > 0),
    constraint memory_versions_change_reason_length check (length(change_reason) <= 500)
);
comment on table memory_versions is 'What a memory said before it was changed. What it says now is the memory itself.';
comment on column memory_versions.organization_id is 'Tenant.';
comment on column memory_versions.id is 'Identity: a UUIDv7.';
comment on column memory_versions.memory_id is 'The memory.';
comment on column memory_versions.version_number is 'Which version, from 1.';
comment on column memory_versions.user_id is 'Member whose memory it is; copied from it.';
comment on column memory_versions.visibility is 'That of the memory; copied from it.';
comment on column memory_versions.content is 'Its words.';
comment on column memory_versions.content_parts is 'The same in the shape of its type.';
comment on column memory_versions.category is 'What kind of thing it was.';
comment on column memory_versions.tags is 'Words to find it by.';
comment on column memory_versions.metadata is 'What else was known of it.';
comment on column memory_versions.changed_by is 'Who wrote this version; null: no person.';
comment on column memory_versions.change_reason is 'Why they wrote it; null: the first, or no reason was given.';
comment on column memory_versions.created_at is 'When it was written.';
select overmind.tenant_table('public.memory_versions', visibility => 'inherited', owner_column => 'user_id');
-- Written by a trigger alone, as those of messages are.
revoke insert, update, delete on memory_versions from authenticated, service_role;

comment on column projects.memories is 'Where applications write what the project remembers, as a JSON array. Each element becomes a row of memories at once; one that cannot (of more than 32,768 characters) stays here.';
