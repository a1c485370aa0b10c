create or replace view public.agent_memory with (security_invoker = true) as
select m.id, m.project_id, m.organization_id, m.content, coalesce(m.category, m.memory_type) as memory_type, m.importance, m.created_at, m.expires_at
from public.memories m
where m.owner_type = 'project'
  and m.deleted_at is null
  and (m.expires_at is null or m.expires_at > statement_timestamp());
comment on view public.agent_memory is 'What projects remember: rows of memories, which is written through here as well.';
comment on column public.agent_memory.id is 'The memory.';
comment on column public.agent_memory.project_id is 'The project.';
comment on column public.agent_memory.organization_id is 'Tenant.';
comment on column public.agent_memory.content is 'Its words.';
comment on column public.agent_memory.memory_type is 'Its category, as preference; its type where it has none.';
comment on column public.agent_memory.importance is 'How much it matters, 0 to 1.';
comment on column public.agent_memory.created_at is 'When it was made.';
comment on column public.agent_memory.expires_at is 'From when on nobody is shown it.';
revoke all on public.agent_memory from public, anon, authenticated, service_role;
grant select on public.agent_memory to anon, authenticated, service_role;
grant insert, update, delete on public.agent_memory to authenticated, service_role;
