-- Lock: access exclusive on memories for a column without a rewrite and a partial index, which is empty. Cost: one read of memories; creates empty tables.

create table datastores (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    user_id         uuid        not null default overmind.user_id(),
    visibility      text        not null default 'private',
    name            text        not null,
    description     text,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    constraint datastores_pkey primary key (organization_id, id),
    constraint datastores_owner_fkey foreign key (organization_id, user_id) references organization_members (organization_id, user_id),
    constraint datastores_name_key unique (organization_id, user_id, name),
    constraint datastores_visibility_known check (visibility in ('private', 'organization')),
    constraint datastores_name_length check (length(name) between 1 and 255),
    constraint datastores_description_length check (length(description) <= 2000)
);
comment on table datastores is 'A collection of memories that agents can be linked to.';
comment on column datastores.organization_id is 'Tenant.';
comment on column datastores.id is 'Identity: a UUIDv7.';
comment on column datastores.user_id is 'Owner.';
comment on column datastores.visibility is 'private (owner and admins see it) or organization. Who sees a memory in it the memory says itself.';
comment on column datastores.name is 'Its name; of one owner unique.';
comment on column datastores.description is 'What is in it.';
comment on column datastores.created_at is 'When it was made.';
comment on column datastores.updated_at is 'When it was last changed; kept by a trigger.';
select overmind.tenant_table('public.datastores', visibility => 'owner', owner_column => 'user_id', fixed => '{created_at}');
create policy own_change on datastores as restrictive for update to public
    using (user_id = (select overmind.user_id()) or (select overmind.org_role()) = 'admin');

create table agent_datastores (
    organization_id uuid        not null default overmind.org_id(),
    agent_id        uuid        not null,
    datastore_id    uuid        not null,
    user_id         uuid        not null,
    created_by      uuid        default overmind.user_id(),
    created_at      timestamptz not null default clock_timestamp(),
    constraint agent_datastores_pkey primary key (organization_id, agent_id, datastore_id),
    constraint agent_datastores_agent_fkey foreign key (organization_id, agent_id) references agent_configurations (organization_id, id) on delete cascade,
    constraint agent_datastores_datastore_fkey foreign key (organization_id, datastore_id) references datastores (organization_id, id) on delete cascade,
    constraint agent_datastores_owner_fkey foreign key (organization_id, user_id) references organization_members (organization_id, user_id)
);
comment on table agent_datastores is 'Which collections of memories an agent reads besides its own memories.';
comment on column agent_datastores.organization_id is 'Tenant.';
comment on column agent_datastores.agent_id is 'The agent.';
comment on column agent_datastores.datastore_id is 'The collection.';
comment on column agent_datastores.user_id is 'Owner of the collection; copied by a trigger.';
comment on column agent_datastores.created_by is 'Who linked them.';
comment on column agent_datastores.created_at is 'When they were linked.';
create index agent_datastores_datastore_idx on agent_datastores (organization_id, datastore_id);
select overmind.tenant_table('public.agent_datastores', fixed => '{agent_id,datastore_id,user_id,created_by}');
revoke update on agent_datastores from authenticated, service_role;
-- What an agent reads is no secret to those who use it; which collections it reads, their owners say.
create policy owners_insert on agent_datastores as restrictive for insert to public
    with check (user_id = overmind.user_id() or overmind.org_role() = 'admin');
create policy owners_delete on agent_datastores as restrictive for delete to public
    using (user_id = (select overmind.user_id()) or (select overmind.org_role()) = 'admin');

alter table memories
    add column datastore_id uuid;
comment on column memories.datastore_id is 'Collection that it is in, which may be gone; null: none.';
-- What is in a collection, the newest first.
create index memories_datastore_idx on memories (organization_id, datastore_id, id desc) where datastore_id is not null;
select overmind.tenant_table(
    'public.memories', visibility => 'owner', owner_column => 'user_id',
    fixed => '{owner_type,owner_id,agent_id,project_id,memory_type,content_hash,source,source_conversation_id,source_message_id,source_branch,tsv,embedding_dimensions,embedded_at,version_number,changed_by,changed_at,change_reason,created_by,created_at}');
