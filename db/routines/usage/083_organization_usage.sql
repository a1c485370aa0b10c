-- Each part is summed before it is joined: joined first, every member would count every conversation again.
create or replace view public.organization_usage with (security_invoker = true) as
select
    o.id as organization_id,
    o.name as organization_name,
    coalesce(members.members, 0) as user_count,
    coalesce(talks.conversations, 0) as conversation_count,
    coalesce(talks.messages, 0) as total_messages,
    coalesce(runs.runs, 0) as total_queries,
    coalesce(spent.tokens, 0) as total_tokens,
    spent.cost_usd as total_cost_usd,
    answers.quality_score as avg_quality_score
from public.organizations o
left join (
    select m.organization_id, count(*) as members
    from public.organization_members m
    where m.left_at is null
    group by m.organization_id
) as members on members.organization_id = o.id
left join (
    select c.organization_id, count(*) as conversations, sum(c.message_count) as messages
    from public.conversations c
    where c.deleted_at is null
    group by c.organization_id
) as talks on talks.organization_id = o.id
left join (
    select r.organization_id, count(*) as runs
    from public.workflow_runs r
    group by r.organization_id
) as runs on runs.organization_id = o.id
left join (
    select
        u.organization_id, sum(u.tokens_input + u.tokens_output) as tokens,
        case when sum(u.calls - u.unpriced_calls) filter (where u.currency = 'USD') > 0 then sum(u.cost) filter (where u.currency = 'USD') end as cost_usd
    from public.usage_rollups u
    where u.part = 'sums'
      and u.dimension = (select case when overmind.sees_all_usage() then 'organization' else 'user' end)
      and u.grain = 'day'
    group by u.organization_id
) as spent on spent.organization_id = o.id
left join (
    select a.organization_id, avg(a.quality_score) as quality_score
    from public.messages a
    where a.role = 'assistant'
      and a.deleted_at is null
    group by a.organization_id
) as answers on answers.organization_id = o.id
where o.deleted_at is null;
comment on view public.organization_usage is 'What an organization has used so far, as far as the caller may see it.';
comment on column public.organization_usage.organization_id is 'The organization.';
comment on column public.organization_usage.organization_name is 'Its name.';
comment on column public.organization_usage.user_count is 'Members who have not left.';
comment on column public.organization_usage.conversation_count is 'Conversations that are not deleted.';
comment on column public.organization_usage.total_messages is 'Messages in them.';
comment on column public.organization_usage.total_queries is 'Runs.';
comment on column public.organization_usage.total_tokens is 'Tokens in and out, by the ledger.';
comment on column public.organization_usage.total_cost_usd is 'Cost in US dollars, by the ledger; null when none is known.';
comment on column public.organization_usage.avg_quality_score is 'Mean score of the answers, 0 to 10; null when none is scored.';
revoke all on public.organization_usage from public, anon, authenticated, service_role;
grant select on public.organization_usage to anon, authenticated, service_role;
