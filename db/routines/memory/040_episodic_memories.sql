create or replace view public.episodic_memories with (security_invoker = true) as
select
    m.id,
    m.organization_id,
    m.user_id,
    m.content,
    m.embedding,
    m.embedding_model_name as embedding_model,
    m.embedding_model_name,
    m.embedding_model_provider,
    m.embedding_dimensions,
    m.importance as importance_score,
    case when m.pinned then 1 else overmind.memory_recency(m.last_accessed_at, p.half_life_days, p.recency_floor, m.decay_rate) end as recency_score,
    m.source_conversation_id as conversation_id,
    m.source_message_id as message_id,
    m.metadata,
    m.created_at,
    m.updated_at
from public.memories m
join public.organizations o on o.id = m.organization_id
cross join lateral overmind.memory_policy(o.settings) as p
where m.memory_type = 'episodic'
  and m.owner_type = 'user'
  and m.deleted_at is null
  and (m.expires_at is null or m.expires_at > statement_timestamp());
comment on view public.episodic_memories is 'What members remember to have happened: rows of memories, which is written through here as well.';
comment on column public.episodic_memories.id is 'The memory.';
comment on column public.episodic_memories.organization_id is 'Tenant.';
comment on column public.episodic_memories.user_id is 'Whose it is.';
comment on column public.episodic_memories.content is 'Its words.';
comment on column public.episodic_memories.embedding is 'Vector of the content.';
comment on column public.episodic_memories.embedding_model is 'The same as embedding_model_name.';
comment on column public.episodic_memories.embedding_model_name is 'Model that made the vector.';
comment on column public.episodic_memories.embedding_model_provider is 'Provider of that model.';
comment on column public.episodic_memories.embedding_dimensions is 'Length of the vector; follows from it, whatever is written.';
comment on column public.episodic_memories.importance_score is 'How much it matters, 0 to 1.';
comment on column public.episodic_memories.recency_score is 'How fresh it is now, 1 down to the organization''s floor. Writing it moves last_accessed_at to when the memory must have been used last to be as fresh as that.';
comment on column public.episodic_memories.conversation_id is 'Conversation that it comes from.';
comment on column public.episodic_memories.message_id is 'Message that it comes from.';
comment on column public.episodic_memories.metadata is 'What else is known of it.';
comment on column public.episodic_memories.created_at is 'When it was made.';
comment on column public.episodic_memories.updated_at is 'When somebody last changed it.';
revoke all on public.episodic_memories from public, anon, authenticated, service_role;
grant select on public.episodic_memories to anon, authenticated, service_role;
grant insert, update, delete on public.episodic_memories to authenticated, service_role;
