create or replace view public.conversation_context with (security_invoker = true) as
select
    c.id as conversation_id,
    c.organization_id,
    c.rolling_tokens as total_tokens,
    overmind.context_size(c.id) as context_window_size,
    c.last_pruned_at,
    c.prune_strategy as pruning_strategy,
    c.updated_at
from public.conversations c
where c.deleted_at is null;
comment on view public.conversation_context is 'One row a conversation that is not deleted: how full the context window of its active branch is. To be read: what is written of it is a conversation''s.';
comment on column public.conversation_context.conversation_id is 'The conversation.';
comment on column public.conversation_context.organization_id is 'Its organization.';
comment on column public.conversation_context.total_tokens is 'Tokens in the window: conversations.rolling_tokens.';
comment on column public.conversation_context.context_window_size is 'Tokens that it holds: max_context_tokens, else the model''s.';
comment on column public.conversation_context.last_pruned_at is 'When messages last left it.';
comment on column public.conversation_context.pruning_strategy is 'How messages are chosen that leave.';
comment on column public.conversation_context.updated_at is 'When the conversation was last changed.';
revoke all on public.conversation_context from public, anon, authenticated, service_role;
grant select on public.conversation_context to anon, authenticated, service_role;
