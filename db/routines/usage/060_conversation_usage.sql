create or replace view public.conversation_usage with (security_invoker = true) as
select
    u.organization_id,
    u.conversation_id,
    count(*) as calls,
    sum(u.tokens_input) as tokens_input,
    sum(u.tokens_output) as tokens_output,
    coalesce(sum(u.cost), 0) as cost_usd,
    count(*) filter (where u.cost is null) as unpriced_calls,
    max(u.settled_at) as last_call_at
from public.token_usage u
where u.status = 'settled'
  and u.outcome is distinct from 'blocked'
  and u.conversation_id is not null
group by u.organization_id, u.conversation_id;
comment on view public.conversation_usage is 'What the calls of a conversation used and cost, by the ledger, as far as the caller may see it.';
comment on column public.conversation_usage.organization_id is 'Tenant.';
comment on column public.conversation_usage.conversation_id is 'The conversation.';
comment on column public.conversation_usage.calls is 'Calls that have ended.';
comment on column public.conversation_usage.tokens_input is 'Tokens of their prompts.';
comment on column public.conversation_usage.tokens_output is 'Tokens of their answers.';
comment on column public.conversation_usage.cost_usd is 'Cost in US dollars of those whose price is known, not rounded.';
comment on column public.conversation_usage.unpriced_calls is 'Those whose price is not known: their cost is not in it.';
comment on column public.conversation_usage.last_call_at is 'When the last one ended.';
revoke all on public.conversation_usage from public, anon, authenticated, service_role;
grant select on public.conversation_usage to anon, authenticated, service_role;
