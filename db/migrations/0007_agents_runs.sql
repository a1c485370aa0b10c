-- Lock: none on existing tables. Cost: creates empty tables.

create table workflow_runs (
    organization_id     uuid        not null default overmind.org_id(),
    id                  uuid        not null default overmind.uuid_v7(),
    user_id             uuid        not null default overmind.user_id(),
    visibility          text        not null default 'private',
    workflow_id         uuid,
    workflow_version    integer,
    conversation_id     uuid,
    question_message_id uuid,
    answer_message_id   uuid,
    status              text        not null default 'queued',
    snapshot            jsonb,
    quality_threshold   double precision,
    max_n2_iterations   integer,
    cost_cap_usd        numeric,
    deadline_at         timestamptz,
    n2_iterations       integer     not null default 0,
    best_iteration      integer,
    best_score          double precision,
    termination_reason  text,
    error_code          text,
    error_message       text,
    tokens_input        bigint      not null default 0,
    tokens_output       bigint      not null default 0,
    cost_usd            numeric     default 0,
    is_offline          boolean     not null default false,
    last_sequence       bigint      not null default -1,
    lease_token         bigint      not null default 0,
    retry_count         integer     not null default 0,
    last_retry_at       timestamptz,
    cancel_requested_at timestamptz,
    started_at          timestamptz,
    completed_at        timestamptz,
    latency_ms          bigint,
    metadata            jsonb       not null default '{}',
    created_at          timestamptz not null default clock_timestamp(),
    updated_at          timestamptz not null default clock_timestamp(),
    constraint workflow_runs_pkey primary key (organization_id, id),
    constraint workflow_runs_organization_fkey foreign key (organization_id) references organizations (id),
    constraint workflow_runs_owner_fkey foreign key (organization_id, user_id)
        references organization_members (organization_id, user_id),
    constraint workflow_runs_workflow_fkey foreign key (organization_id, workflow_id) references workflows (organization_id, id),
    constraint workflow_runs_conversation_fkey foreign key (organization_id, conversation_id)
        references conversations (organization_id, id) on delete cascade,
    constraint workflow_runs_question_fkey foreign key (organization_id, question_message_id)
        references messages (organization_id, id) on delete cascade,
    constraint workflow_runs_visibility_known check (visibility in ('private', 'organization')),
    constraint workflow_runs_status_known check (status in ('queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled')),
    constraint workflow_runs_termination_reason_known check (
        termination_reason in ('threshold', 'max_iterations', 'plateau', 'cost_cap', 'deadline', 'cancelled', 'unscored', 'failed')),
    constraint workflow_runs_completed_at_when_ended check ((status in ('succeeded', 'failed', 'cancelled')) = (completed_at is not null)),
    constraint workflow_runs_quality_threshold_range check (quality_threshold between 0 and 10),
    constraint workflow_runs_max_n2_iterations_range check (max_n2_iterations between 1 and 20),
    constraint workflow_runs_cost_cap_usd_positive check (cost_cap_usd > 0 and cost_cap_usd < 'Infinity'),
    constraint workflow_runs_best_score_range check (best_score between 0 and 10),
    constraint workflow_runs_n2_iterations_not_negative check (n2_iterations >= 0),
    constraint workflow_runs_best_iteration_positive check (best_iteration > 0),
    constraint workflow_runs_tokens_not_negative check (tokens_input >= 0 and tokens_output >= 0),
    constraint workflow_runs_cost_usd_not_negative check (cost_usd >= 0 and cost_usd < 'Infinity'),
    constraint workflow_runs_retry_count_not_negative check (retry_count >= 0),
    constraint workflow_runs_metadata_object check (jsonb_typeof(metadata) = 'object')
) with (fillfactor = 70);
comment on table workflow_runs is 'One answer in the making: a question, the workflow that works on it, and what came of it.';
comment on column workflow_runs.organization_id is 'Tenant.';
comment on column workflow_runs.id is 'Identity: a UUIDv7.';
comment on column workflow_runs.user_id is 'Owner: the conversations, where there is one.';
comment on column workflow_runs.visibility is 'private or organization: the conversations, where there is one.';
comment on column workflow_runs.workflow_id is 'The workflow.';
comment on column workflow_runs.workflow_version is 'Its version.';
comment on column workflow_runs.conversation_id is 'Conversation of the question; null for none.';
comment on column workflow_runs.question_message_id is 'The question.';
comment on column workflow_runs.answer_message_id is 'The answer; given beforehand, written when there is one.';
comment on column workflow_runs.status is 'queued, running, waiting (for an approval), succeeded, failed or cancelled.';
comment on column workflow_runs.snapshot is 'All that the run uses, agents and prompts included: what is edited meanwhile does not change it.';
comment on column workflow_runs.quality_threshold is 'Score at which the answer is good enough, 0 to 10.';
comment on column workflow_runs.max_n2_iterations is 'Most iterations.';
comment on column workflow_runs.cost_cap_usd is 'Most that it may cost; null: no limit.';
comment on column workflow_runs.deadline_at is 'When it ends at the latest; null: no limit.';
comment on column workflow_runs.n2_iterations is 'Iterations so far.';
comment on column workflow_runs.best_iteration is 'Iteration of the best answer so far.';
comment on column workflow_runs.best_score is 'Score of that answer, 0 to 10.';
comment on column workflow_runs.termination_reason is 'threshold, max_iterations, plateau, cost_cap, deadline, cancelled, unscored or failed; null until it has ended.';
comment on column workflow_runs.error_code is 'Why it failed, as a code of docs/errors.md.';
comment on column workflow_runs.error_message is 'Why it failed, in words.';
comment on column workflow_runs.tokens_input is 'Tokens of all prompts.';
comment on column workflow_runs.tokens_output is 'Tokens of all answers.';
comment on column workflow_runs.cost_usd is 'Cost in US dollars, not rounded; null when a part of it is unknown.';
comment on column workflow_runs.is_offline is 'Whether the offline model took part.';
comment on column workflow_runs.last_sequence is 'Number of the newest event; -1 before the first.';
comment on column workflow_runs.lease_token is 'Number of the claim that may write; older ones are refused.';
comment on column workflow_runs.retry_count is 'How often it was taken up again.';
comment on column workflow_runs.last_retry_at is 'When it was last taken up again.';
comment on column workflow_runs.cancel_requested_at is 'When somebody wanted it to end.';
comment on column workflow_runs.started_at is 'When a worker first took it up.';
comment on column workflow_runs.completed_at is 'When it ended.';
comment on column workflow_runs.latency_ms is 'From the question to the end, in milliseconds.';
comment on column workflow_runs.metadata is 'What else is known of it, as a JSON object.';
comment on column workflow_runs.created_at is 'When it was made.';
comment on column workflow_runs.updated_at is 'When it was last changed; kept by a trigger.';
create unique index workflow_runs_active_key on workflow_runs (organization_id, conversation_id)
    where status in ('queued', 'running', 'waiting');
create index workflow_runs_conversation_idx on workflow_runs (organization_id, conversation_id, id);
create index workflow_runs_question_idx on workflow_runs (organization_id, question_message_id);
create index workflow_runs_owner_idx on workflow_runs (organization_id, user_id, id desc);
select overmind.tenant_table('public.workflow_runs', visibility => 'inherited', owner_column => 'user_id', fixed => '{conversation_id,question_message_id}');

create table run_steps (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    run_id          uuid        not null,
    user_id         uuid        not null,
    visibility      text        not null,
    step_key        text        not null,
    iteration       integer     not null default 1,
    phase           text        not null default 'agent',
    agent_id        uuid,
    agent_key       text,
    agent_name      text,
    provider        text,
    model           text,
    status          text        not null default 'running',
    attempt         integer     not null default 1,
    is_sent_back    boolean     not null default false,
    output          text,
    error_message   text,
    tokens_input    bigint      not null default 0,
    tokens_output   bigint      not null default 0,
    cost_usd        numeric     default 0,
    is_estimated    boolean     not null default false,
    latency_ms      integer,
    metadata        jsonb       not null default '{}',
    started_at      timestamptz not null default clock_timestamp(),
    completed_at    timestamptz,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    constraint run_steps_pkey primary key (organization_id, id),
    constraint run_steps_run_fkey foreign key (organization_id, run_id) references workflow_runs (organization_id, id) on delete cascade,
    constraint run_steps_agent_fkey foreign key (organization_id, agent_id) references agent_configurations (organization_id, id),
    constraint run_steps_step_key_key unique (organization_id, run_id, step_key),
    constraint run_steps_visibility_known check (visibility in ('private', 'organization')),
    constraint run_steps_phase_known check (phase in ('agent', 'observe', 'distil', 'assemble', 'inspect')),
    constraint run_steps_status_known check (status in ('running', 'succeeded', 'failed', 'cancelled')),
    constraint run_steps_iteration_positive check (iteration > 0),
    constraint run_steps_attempt_positive check (attempt > 0),
    constraint run_steps_tokens_not_negative check (tokens_input >= 0 and tokens_output >= 0),
    constraint run_steps_cost_usd_not_negative check (cost_usd >= 0 and cost_usd < 'Infinity'),
    constraint run_steps_latency_ms_not_negative check (latency_ms >= 0),
    constraint run_steps_metadata_object check (jsonb_typeof(metadata) = 'object')
) with (fillfactor = 80);
comment on table run_steps is 'One call to a model in a run. Trying again is another attempt on the same row.';
comment on column run_steps.organization_id is 'Tenant.';
comment on column run_steps.id is 'Identity: a UUIDv7.';
comment on column run_steps.run_id is 'The run.';
comment on column run_steps.user_id is 'Owner of the run; copied by a trigger.';
comment on column run_steps.visibility is 'That of the run; copied by a trigger.';
comment on column run_steps.step_key is 'Its name in the run, as in 2/agent:creative.';
comment on column run_steps.iteration is 'Iteration, from 1.';
comment on column run_steps.phase is 'agent, observe, distil, assemble or inspect.';
comment on column run_steps.agent_id is 'The agent, in the phase agent.';
comment on column run_steps.agent_key is 'Its short name then.';
comment on column run_steps.agent_name is 'Its name then.';
comment on column run_steps.provider is 'Provider of the model.';
comment on column run_steps.model is 'The model.';
comment on column run_steps.status is 'running, succeeded, failed or cancelled.';
comment on column run_steps.attempt is 'Attempts so far.';
comment on column run_steps.is_sent_back is 'Whether the answer was sent back for its format.';
comment on column run_steps.output is 'What the model answered.';
comment on column run_steps.error_message is 'Why it failed.';
comment on column run_steps.tokens_input is 'Tokens of the prompts of all attempts.';
comment on column run_steps.tokens_output is 'Tokens of the answers of all attempts.';
comment on column run_steps.cost_usd is 'Cost in US dollars of all attempts; null when a part of it is unknown.';
comment on column run_steps.is_estimated is 'Whether part of the tokens is an estimate.';
comment on column run_steps.latency_ms is 'Time of the last attempt, in milliseconds.';
comment on column run_steps.metadata is 'What else is known of it, as a JSON object.';
comment on column run_steps.started_at is 'When the last attempt began.';
comment on column run_steps.completed_at is 'When it ended.';
comment on column run_steps.created_at is 'When it was made.';
comment on column run_steps.updated_at is 'When it was last changed; kept by a trigger.';
create index run_steps_agent_idx on run_steps (organization_id, agent_id);
select overmind.tenant_table('public.run_steps', visibility => 'inherited', owner_column => 'user_id', fixed => '{run_id,step_key}');

create table synthesis_events (
    organization_id  uuid        not null default overmind.org_id(),
    id               uuid        not null default overmind.uuid_v7(),
    run_id           uuid,
    conversation_id  uuid        not null,
    message_id       uuid        not null,
    user_id          uuid        not null,
    visibility       text        not null,
    iteration        integer     not null default 1,
    quality_score    double precision,
    score_rationale  text,
    triggered_n2     boolean     not null default false,
    observation      text,
    distillation     jsonb,
    repair_directive text,
    final_output     text,
    latency_ms       integer,
    metadata         jsonb       not null default '{}',
    created_at       timestamptz not null default clock_timestamp(),
    constraint synthesis_events_pkey primary key (organization_id, id),
    constraint synthesis_events_run_fkey foreign key (organization_id, run_id)
        references workflow_runs (organization_id, id) on delete cascade,
    constraint synthesis_events_conversation_fkey foreign key (organization_id, conversation_id)
        references conversations (organization_id, id) on delete cascade,
    constraint synthesis_events_message_fkey foreign key (organization_id, message_id)
        references messages (organization_id, id) on delete cascade,
    constraint synthesis_events_iteration_key unique (organization_id, run_id, iteration),
    constraint synthesis_events_visibility_known check (visibility in ('private', 'organization')),
    constraint synthesis_events_quality_score_range check (quality_score between 0 and 10),
    constraint synthesis_events_iteration_positive check (iteration > 0),
    constraint synthesis_events_latency_ms_not_negative check (latency_ms >= 0),
    constraint synthesis_events_metadata_object check (jsonb_typeof(metadata) = 'object')
);
comment on table synthesis_events is 'What an iteration of a run came to.';
comment on column synthesis_events.organization_id is 'Tenant.';
comment on column synthesis_events.id is 'Identity: a UUIDv7.';
comment on column synthesis_events.run_id is 'The run.';
comment on column synthesis_events.conversation_id is 'The conversation.';
comment on column synthesis_events.message_id is 'The question.';
comment on column synthesis_events.user_id is 'Owner of the conversation; copied by a trigger.';
comment on column synthesis_events.visibility is 'That of the conversation; copied by a trigger.';
comment on column synthesis_events.iteration is 'Iteration, from 1.';
comment on column synthesis_events.quality_score is 'Score, 0 to 10; null: unscored.';
comment on column synthesis_events.score_rationale is 'Why this score.';
comment on column synthesis_events.triggered_n2 is 'Whether another iteration followed.';
comment on column synthesis_events.observation is 'What the user needs, as observed.';
comment on column synthesis_events.distillation is 'Core insights of the agents, as JSON.';
comment on column synthesis_events.repair_directive is 'What the next iteration is to do better.';
comment on column synthesis_events.final_output is 'The assembled answer.';
comment on column synthesis_events.latency_ms is 'How long it took, in milliseconds.';
comment on column synthesis_events.metadata is 'What else is known of it, as a JSON object.';
comment on column synthesis_events.created_at is 'When it was made.';
create index synthesis_events_conversation_idx on synthesis_events (organization_id, conversation_id);
create index synthesis_events_message_idx on synthesis_events (organization_id, message_id);
select overmind.tenant_table('public.synthesis_events', visibility => 'inherited', owner_column => 'user_id', fixed => '{run_id,conversation_id,message_id}');

create table run_events (
    organization_id uuid        not null default overmind.org_id(),
    run_id          uuid        not null,
    sequence_number bigint      not null,
    user_id         uuid        not null,
    visibility      text        not null,
    type            text        not null,
    step_id         uuid,
    data            jsonb       not null default '{}',
    created_at      timestamptz not null default clock_timestamp(),
    constraint run_events_pkey primary key (organization_id, run_id, sequence_number),
    constraint run_events_run_fkey foreign key (organization_id, run_id)
        references workflow_runs (organization_id, id) on delete cascade,
    constraint run_events_visibility_known check (visibility in ('private', 'organization')),
    constraint run_events_sequence_number_not_negative check (sequence_number >= 0),
    constraint run_events_type_shape check (type ~ '^[a-z]+\.[a-z_]+$'),
    constraint run_events_data_object check (jsonb_typeof(data) = 'object')
);
comment on table run_events is 'The stream of a run, numbered without gaps; kept for a short time.';
comment on column run_events.organization_id is 'Tenant.';
comment on column run_events.run_id is 'The run.';
comment on column run_events.sequence_number is 'Number in the run, from 0.';
comment on column run_events.user_id is 'Owner of the run; copied by a trigger.';
comment on column run_events.visibility is 'That of the run; copied by a trigger.';
comment on column run_events.type is 'What happened, as in step.completed.';
comment on column run_events.step_id is 'The step, where there is one.';
comment on column run_events.data is 'What is to be known of it, as a JSON object.';
comment on column run_events.created_at is 'When it was written.';
create index run_events_deltas_idx on run_events (organization_id, run_id, step_id) where type = 'step.delta';
select overmind.tenant_table('public.run_events', visibility => 'inherited', owner_column => 'user_id', fixed => '{run_id,sequence_number}');
