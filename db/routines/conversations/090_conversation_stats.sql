create or replace view public.conversation_stats with (security_invoker = true) as
select
    c.id,
    c.user_id,
    c.organization_id,
    c.title,
    c.message_count,
    c.last_activity_at,
    count(m.id) as actual_message_count,
    avg(m.quality_score) filter (where m.role = 'assistant') as avg_quality_score,
    sum(m.tokens_used) filter (where m.role = 'assistant') as total_tokens,
    avg(m.latency_ms) filter (where m.role = 'assistant') as avg_latency_ms,
    max(m.n2_iterations) filter (where m.role = 'assistant') as max_n2_iterations
from public.conversations c
left join public.messages m
    on m.organization_id = c.organization_id
    and m.conversation_id = c.id
    and m.deleted_at is null
where c.deleted_at is null
group by c.organization_id, c.id;
comment on view public.conversation_stats is 'One row a conversation that is not deleted: counts, quality, tokens and latency of its messages.';
comment on column public.conversation_stats.id is 'The conversation.';
comment on column public.conversation_stats.user_id is 'Its owner.';
comment on column public.conversation_stats.organization_id is 'Its organization.';
comment on column public.conversation_stats.title is 'Its title.';
comment on column public.conversation_stats.message_count is 'Messages as counted on the conversation; equal to actual_message_count.';
comment on column public.conversation_stats.last_activity_at is 'When the last message was added.';
comment on column public.conversation_stats.actual_message_count is 'Messages as counted now, without the deleted ones.';
comment on column public.conversation_stats.avg_quality_score is 'Mean score of the answers, 0 to 10; null when none is scored.';
comment on column public.conversation_stats.total_tokens is 'Tokens that the answers took; null when none is known.';
comment on column public.conversation_stats.avg_latency_ms is 'Mean time of the answers, in milliseconds.';
comment on column public.conversation_stats.max_n2_iterations is 'Most iterations that an answer took.';
revoke all on public.conversation_stats from public, anon, authenticated, service_role;
grant select on public.conversation_stats to anon, authenticated, service_role;
