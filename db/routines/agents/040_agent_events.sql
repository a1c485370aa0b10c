-- One call is written once, as a step; this view shows it as the event of the schema that MainE1 had. The message is the question that the run answers.
create or replace view public.agent_events with (security_invoker = true) as
select
    s.organization_id,
    s.id,
    r.conversation_id,
    r.question_message_id as message_id,
    s.agent_id,
    case s.status when 'running' then 'started' when 'succeeded' then 'completed' else 'failed' end as event_type,
    s.iteration,
    s.output,
    s.error_message,
    s.tokens_input + s.tokens_output as tokens_used,
    s.latency_ms,
    s.metadata,
    coalesce(s.completed_at, s.started_at) as created_at
from public.run_steps s
join public.workflow_runs r on r.organization_id = s.organization_id and r.id = s.run_id
where s.phase = 'agent';
comment on view public.agent_events is 'What each agent did in a run: one row a step of the phase agent.';
comment on column public.agent_events.organization_id is 'Tenant.';
comment on column public.agent_events.id is 'The step.';
comment on column public.agent_events.conversation_id is 'Conversation of the run; null for a run without one.';
comment on column public.agent_events.message_id is 'The question that the run answers.';
comment on column public.agent_events.agent_id is 'The agent; null when it was deleted since.';
comment on column public.agent_events.event_type is 'started, completed or failed.';
comment on column public.agent_events.iteration is 'Iteration of the run, from 1.';
comment on column public.agent_events.output is 'What the agent answered.';
comment on column public.agent_events.error_message is 'Why it failed.';
comment on column public.agent_events.tokens_used is 'Tokens in and out, of all attempts.';
comment on column public.agent_events.latency_ms is 'Time of the last attempt, in milliseconds.';
comment on column public.agent_events.metadata is 'What else is known of the step.';
comment on column public.agent_events.created_at is 'When it ended, or began while it runs.';
revoke all on public.agent_events from public, anon, authenticated, service_role;
grant select on public.agent_events to anon, authenticated, service_role;
