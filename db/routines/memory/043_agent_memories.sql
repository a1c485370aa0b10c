create or replace view public.agent_memories with (security_invoker = true) as
select
    m.id,
    m.organization_id,
    m.agent_id,
    m.memory_type,
    m.content_parts as content,
    m.embedding as embeddings,
    m.importance,
    m.decay_rate,
    m.access_count,
    m.related_memories,
    m.source_message_id,
    m.last_accessed_at as last_accessed,
    m.created_at,
    m.expires_at
from public.memories m
where m.owner_type = 'agent'
  and m.deleted_at is null
  and (m.expires_at is null or m.expires_at > statement_timestamp());
comment on view public.agent_memories is 'What agents remember: rows of memories, which is written through here as well.';
comment on column public.agent_memories.id is 'The memory.';
comment on column public.agent_memories.organization_id is 'Tenant.';
comment on column public.agent_memories.agent_id is 'The agent.';
comment on column public.agent_memories.memory_type is 'episodic, semantic, procedural or working.';
comment on column public.agent_memories.content is 'What it remembers, in the shape of the type.';
comment on column public.agent_memories.embeddings is 'Vector of its words; the model of one that is written here is called unknown.';
comment on column public.agent_memories.importance is 'How much it matters, 0 to 1.';
comment on column public.agent_memories.decay_rate is 'How fast it fades; 0.1 is usual.';
comment on column public.agent_memories.access_count is 'How often it was used.';
comment on column public.agent_memories.related_memories is 'Other memories that it has to do with.';
comment on column public.agent_memories.source_message_id is 'Message that it comes from.';
comment on column public.agent_memories.last_accessed is 'When it was last used, or made.';
comment on column public.agent_memories.created_at is 'When it was made.';
comment on column public.agent_memories.expires_at is 'From when on nobody is shown it.';
revoke all on public.agent_memories from public, anon, authenticated, service_role;
grant select on public.agent_memories to anon, authenticated, service_role;
grant insert, update, delete on public.agent_memories to authenticated, service_role;
