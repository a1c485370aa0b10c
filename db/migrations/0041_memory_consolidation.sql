-- Lock: share row exclusive on memories, organization_members and agent_configurations for an instant. Cost: creates an empty table.

create table memory_consolidations (
    organization_id        uuid        not null default overmind.org_id(),
    id                     uuid        not null default overmind.uuid_v7(),
    user_id                uuid        not null default overmind.user_id(),
    agent_id               uuid,
    source_memories        uuid[]      not null,
    source_digest          bytea       not null,
    consolidated_memory_id uuid,
    consolidation_type     text        not null,
    tokens_saved           integer     not null default 0,
    model                  text,
    undone_at              timestamptz,
    created_at             timestamptz not null default clock_timestamp(),
    constraint memory_consolidations_pkey primary key (organization_id, id),
    constraint memory_consolidations_user_fkey foreign key (organization_id, user_id) references organization_members (organization_id, user_id),
    constraint memory_consolidations_agent_fkey foreign key (organization_id, agent_id) references agent_configurations (organization_id, id),
    -- The same memories are consolidated once.
    constraint memory_consolidations_source_digest_key unique (organization_id, source_digest),
    constraint memory_consolidations_source_memories_count check (cardinality(source_memories) between 2 and 1000),
    constraint memory_consolidations_consolidation_type_known check (consolidation_type in ('merge', 'summarize', 'abstract')),
    constraint memory_consolidations_tokens_saved_not_negative check (tokens_saved >= 0)
);
comment on table memory_consolidations is 'Which memories became one, and what that saves. They stay, superseded by it.';
comment on column memory_consolidations.organization_id is 'Tenant.';
comment on column memory_consolidations.id is 'Identity: a UUIDv7.';
comment on column memory_consolidations.user_id is 'Member whose memories they are.';
comment on column memory_consolidations.agent_id is 'Agent that remembers them; null: none does.';
comment on column memory_consolidations.source_memories is 'The memories that became one, in the order of their ids.';
comment on column memory_consolidations.source_digest is 'SHA-256 of their ids: what is consolidated once is not again.';
comment on column memory_consolidations.consolidated_memory_id is 'What they became: of a merge one of them. It may have been purged since.';
comment on column memory_consolidations.consolidation_type is 'merge (they said the same), summarize (many events of one time became one) or abstract (what repeats became a rule).';
comment on column memory_consolidations.tokens_saved is 'Tokens that they took, less those that it takes.';
comment on column memory_consolidations.model is 'Model that wrote it, as provider/model; null: rules did.';
comment on column memory_consolidations.undone_at is 'When it was taken back because one of them was deleted; null: it stands.';
comment on column memory_consolidations.created_at is 'When that was.';
-- What became of a memory, when it goes.
create index memory_consolidations_memory_idx on memory_consolidations (organization_id, consolidated_memory_id) where consolidated_memory_id is not null;
select overmind.tenant_table(
    'public.memory_consolidations', visibility => 'owner', owner_column => 'user_id',
    fixed => '{agent_id,source_memories,source_digest,consolidation_type,tokens_saved,model,created_at}');
