-- Lock: short access exclusive on conversations, workflow_runs and run_steps for new columns. Cost: a scan of each to validate its new checks.

alter table conversations
    add column approve_from_iteration integer,
    add column approve_above_usd      numeric,
    add constraint conversations_approve_from_iteration_range check (approve_from_iteration between 1 and 20),
    add constraint conversations_approve_above_usd_positive check (approve_above_usd > 0 and approve_above_usd < 'Infinity');
comment on column conversations.approve_from_iteration is 'Iteration from which on its runs wait for an approval; null: the workflows.';
comment on column conversations.approve_above_usd is 'Cost in US dollars above which its runs wait for an approval; null: the workflows.';
select overmind.tenant_table('public.conversations', visibility => 'owner', owner_column => 'user_id');

alter table workflow_runs
    add column approve_from_iteration integer,
    add column approve_above_usd      numeric,
    add column waiting                jsonb,
    add column approvals              jsonb   not null default '[]',
    add column take_count             integer not null default 0,
    add constraint workflow_runs_approve_from_iteration_range check (approve_from_iteration between 1 and 20),
    add constraint workflow_runs_approve_above_usd_positive check (approve_above_usd > 0 and approve_above_usd < 'Infinity'),
    add constraint workflow_runs_waiting_object check (jsonb_typeof(waiting) = 'object'),
    add constraint workflow_runs_approvals_array check (jsonb_typeof(approvals) = 'array'),
    add constraint workflow_runs_take_count_not_negative check (take_count >= 0);
comment on column workflow_runs.approve_from_iteration is 'Each iteration from this one on waits for an approval; null: none does.';
comment on column workflow_runs.approve_above_usd is 'An iteration that may bring the cost above this waits for an approval; null: none does.';
comment on column workflow_runs.waiting is 'For what it waits, as a JSON object: iteration, reason, cost_usd, estimated_cost_usd, repair_directive, since; null while it does not.';
comment on column workflow_runs.approvals is 'What was decided, as a JSON array of iteration, decision, note, directive, user_id, decided_at.';
comment on column workflow_runs.take_count is 'How often a worker took it up.';
comment on column workflow_runs.retry_count is 'How often somebody had it go on after it had failed or was cancelled.';
comment on column workflow_runs.last_retry_at is 'When that was last.';
select overmind.tenant_table('public.workflow_runs', visibility => 'inherited', owner_column => 'user_id', fixed => '{conversation_id,question_message_id}');

alter table run_steps
    add column delegation jsonb,
    add column prompt     jsonb,
    drop constraint run_steps_phase_known,
    add constraint run_steps_phase_known check (phase in ('agent', 'delegate', 'observe', 'distil', 'assemble', 'inspect')),
    add constraint run_steps_delegation_object check (jsonb_typeof(delegation) = 'object'),
    add constraint run_steps_prompt_array check (jsonb_typeof(prompt) = 'array');
comment on column run_steps.phase is 'agent, delegate (an agent answers the sub-question of another), observe, distil, assemble or inspect.';
comment on column run_steps.agent_id is 'The agent, in the phases agent and delegate.';
comment on column run_steps.delegation is 'What the agent handed on, as a JSON object: to (another agents key), question; null for nothing.';
comment on column run_steps.prompt is 'What the model was last sent, as a JSON array of role, content; kept for agents that are verbose.';
select overmind.tenant_table('public.run_steps', visibility => 'inherited', owner_column => 'user_id', fixed => '{run_id,step_key}');

create table step_replays (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    run_id          uuid        not null,
    step_id         uuid        not null,
    user_id         uuid        not null,
    visibility      text        not null,
    requested_by    uuid        default overmind.user_id(),
    provider        text        not null,
    model           text        not null,
    temperature     double precision not null,
    status          text        not null default 'queued',
    attempt         integer     not null default 0,
    lease_token     bigint      not null default 0,
    output          text,
    error_message   text,
    score           double precision,
    tokens_input    bigint      not null default 0,
    tokens_output   bigint      not null default 0,
    cost_usd        numeric     default 0,
    is_estimated    boolean     not null default false,
    latency_ms      integer,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    completed_at    timestamptz,
    constraint step_replays_pkey primary key (organization_id, id),
    constraint step_replays_run_fkey foreign key (organization_id, run_id) references workflow_runs (organization_id, id) on delete cascade,
    constraint step_replays_step_fkey foreign key (organization_id, step_id) references run_steps (organization_id, id) on delete cascade,
    constraint step_replays_requested_by_fkey foreign key (organization_id, requested_by)
        references organization_members (organization_id, user_id),
    constraint step_replays_visibility_known check (visibility in ('private', 'organization')),
    constraint step_replays_status_known check (status in ('queued', 'running', 'succeeded', 'failed')),
    constraint step_replays_completed_at_when_ended check ((status in ('succeeded', 'failed')) = (completed_at is not null)),
    constraint step_replays_temperature_range check (temperature between 0 and 2),
    constraint step_replays_attempt_not_negative check (attempt >= 0),
    constraint step_replays_score_range check (score between 0 and 10),
    constraint step_replays_tokens_not_negative check (tokens_input >= 0 and tokens_output >= 0),
    constraint step_replays_cost_usd_not_negative check (cost_usd >= 0 and cost_usd < 'Infinity'),
    constraint step_replays_latency_ms_not_negative check (latency_ms >= 0)
);
comment on table step_replays is 'A call of a run made again with another model, to compare; it changes nothing in the run.';
comment on column step_replays.organization_id is 'Tenant.';
comment on column step_replays.id is 'Identity: a UUIDv7.';
comment on column step_replays.run_id is 'The run.';
comment on column step_replays.step_id is 'The step whose call it is.';
comment on column step_replays.user_id is 'Owner of the run; copied by a trigger.';
comment on column step_replays.visibility is 'That of the run; copied by a trigger.';
comment on column step_replays.requested_by is 'Member who asked for it, and whose ledger row it is.';
comment on column step_replays.provider is 'Provider of the model.';
comment on column step_replays.model is 'The model.';
comment on column step_replays.temperature is 'How free its wording is, 0 to 2.';
comment on column step_replays.status is 'queued, running, succeeded or failed.';
comment on column step_replays.attempt is 'Attempts so far; more than one when a worker was lost.';
comment on column step_replays.lease_token is 'Number of the claim that may write; older ones are refused.';
comment on column step_replays.output is 'What the model answered.';
comment on column step_replays.error_message is 'Why it failed, or why its verdict cannot be read.';
comment on column step_replays.score is 'Score of a replayed inspection, 0 to 10.';
comment on column step_replays.tokens_input is 'Tokens of the prompts of all attempts.';
comment on column step_replays.tokens_output is 'Tokens of the answers of all attempts.';
comment on column step_replays.cost_usd is 'Cost in US dollars of all attempts; null when a part of it is unknown.';
comment on column step_replays.is_estimated is 'Whether part of the tokens is an estimate.';
comment on column step_replays.latency_ms is 'Time of the last attempt, in milliseconds.';
comment on column step_replays.created_at is 'When it was asked for.';
comment on column step_replays.updated_at is 'When it was last changed; kept by a trigger.';
comment on column step_replays.completed_at is 'When it ended.';
create index step_replays_step_idx on step_replays (organization_id, step_id, id);
create index step_replays_run_idx on step_replays (organization_id, run_id);
select overmind.tenant_table('public.step_replays', visibility => 'inherited', owner_column => 'user_id',
    fixed => '{run_id,step_id,requested_by,provider,model,temperature}');
