-- Lock: short access exclusive on conversations and messages for two foreign keys. Cost: a scan of each to validate them.

create table agent_configurations (
    organization_id   uuid        not null default overmind.org_id(),
    id                uuid        not null default overmind.uuid_v7(),
    key               text        not null,
    name              text        not null,
    role              text        not null,
    goal              text        not null,
    backstory         text        not null,
    output_format     text        not null default 'sim_4_lines',
    llm_provider      text,
    llm_model         text,
    temperature       double precision not null default 0.7,
    max_tokens        integer     not null default 500,
    allow_delegation  boolean     not null default false,
    "verbose"         boolean     not null default false,
    settings          jsonb       not null default '{}',
    is_active         boolean     not null default true,
    is_public         boolean     not null default false,
    usage_count       bigint      not null default 0,
    avg_quality_score double precision,
    origin_key        text,
    origin_version    integer,
    created_by        uuid        default overmind.user_id(),
    created_at        timestamptz not null default clock_timestamp(),
    updated_at        timestamptz not null default clock_timestamp(),
    deleted_at        timestamptz,
    constraint agent_configurations_pkey primary key (organization_id, id),
    constraint agent_configurations_organization_fkey foreign key (organization_id) references organizations (id),
    constraint agent_configurations_created_by_fkey foreign key (organization_id, created_by)
        references organization_members (organization_id, user_id),
    constraint agent_configurations_key_shape check (key ~ '^[a-z0-9][a-z0-9_-]{0,99}$'),
    constraint agent_configurations_name_length check (length(name) between 1 and 255),
    constraint agent_configurations_role_length check (length(role) between 1 and 255),
    constraint agent_configurations_output_format_known check (output_format in ('sim_4_lines', 'json', 'markdown')),
    constraint agent_configurations_model_whole check ((llm_provider is null) = (llm_model is null)),
    constraint agent_configurations_temperature_range check (temperature between 0 and 2),
    constraint agent_configurations_max_tokens_positive check (max_tokens > 0),
    constraint agent_configurations_usage_count_not_negative check (usage_count >= 0),
    constraint agent_configurations_avg_quality_score_range check (avg_quality_score between 0 and 10),
    constraint agent_configurations_origin_whole check ((origin_key is null) = (origin_version is null)),
    constraint agent_configurations_settings_object check (jsonb_typeof(settings) = 'object')
);
comment on table agent_configurations is 'An agent: who it is, what it is after and how it answers.';
comment on column agent_configurations.organization_id is 'Tenant.';
comment on column agent_configurations.id is 'Identity: a UUIDv7.';
comment on column agent_configurations.key is 'Short name, unique while not deleted.';
comment on column agent_configurations.name is 'Name shown to people.';
comment on column agent_configurations.role is 'What it is in a team.';
comment on column agent_configurations.goal is 'What it is after.';
comment on column agent_configurations.backstory is 'Who it is; the beginning of its prompt.';
comment on column agent_configurations.output_format is 'sim_4_lines (four numbered lines), json or markdown.';
comment on column agent_configurations.llm_provider is 'Provider of its model; null: the runs.';
comment on column agent_configurations.llm_model is 'Its model; null: the runs.';
comment on column agent_configurations.temperature is 'How free its wording is, 0 to 2.';
comment on column agent_configurations.max_tokens is 'Longest answer, in tokens.';
comment on column agent_configurations.allow_delegation is 'Whether it may hand work on.';
comment on column agent_configurations."verbose" is 'Whether it explains itself.';
comment on column agent_configurations.settings is 'Further settings, as a JSON object.';
comment on column agent_configurations.is_active is 'Whether new runs use it.';
comment on column agent_configurations.is_public is 'Whether it may be shown outside the organization.';
comment on column agent_configurations.usage_count is 'Runs it took part in.';
comment on column agent_configurations.avg_quality_score is 'Mean score of their answers, 0 to 10.';
comment on column agent_configurations.origin_key is 'Name of the system agent it is a copy of; null for ones own.';
comment on column agent_configurations.origin_version is 'Version of that agent.';
comment on column agent_configurations.created_by is 'Member who made it; null: it came with the product.';
comment on column agent_configurations.created_at is 'When it was made.';
comment on column agent_configurations.updated_at is 'When it was last changed; kept by a trigger.';
comment on column agent_configurations.deleted_at is 'When it was deleted; null while it is not.';
create unique index agent_configurations_key_key on agent_configurations (organization_id, key) where deleted_at is null;
create unique index agent_configurations_origin_key on agent_configurations (organization_id, origin_key) where deleted_at is null;
select overmind.tenant_table('public.agent_configurations', fixed => '{origin_key,origin_version,created_by}');
-- Everybody's runs use them: changed by whoever made them and by admins, so that nobody words another person's agents.
create policy makers_insert on agent_configurations as restrictive for insert to public
    with check (created_by = overmind.user_id() or overmind.org_role() = 'admin');
create policy makers_update on agent_configurations as restrictive for update to public
    using (created_by = overmind.user_id() or overmind.org_role() = 'admin');
create policy makers_delete on agent_configurations as restrictive for delete to public
    using (created_by = overmind.user_id() or overmind.org_role() = 'admin');

create table workflows (
    organization_id    uuid        not null default overmind.org_id(),
    id                 uuid        not null default overmind.uuid_v7(),
    key                text        not null,
    version            integer     not null default 1,
    is_active          boolean     not null default true,
    name               text        not null,
    description        text,
    category           text,
    execution_mode     text        not null default 'parallel',
    quality_threshold  double precision,
    max_n2_iterations  integer,
    cost_cap_usd       numeric,
    deadline_seconds   integer,
    synthesis_provider text,
    synthesis_model    text,
    judge_provider     text,
    judge_model        text,
    settings           jsonb       not null default '{}',
    is_public          boolean     not null default false,
    is_template        boolean     not null default false,
    usage_count        bigint      not null default 0,
    rating_sum         bigint      not null default 0,
    rating_count       bigint      not null default 0,
    origin_key         text,
    origin_version     integer,
    created_by         uuid        default overmind.user_id(),
    created_at         timestamptz not null default clock_timestamp(),
    updated_at         timestamptz not null default clock_timestamp(),
    deleted_at         timestamptz,
    constraint workflows_pkey primary key (organization_id, id),
    constraint workflows_organization_fkey foreign key (organization_id) references organizations (id),
    constraint workflows_created_by_fkey foreign key (organization_id, created_by)
        references organization_members (organization_id, user_id),
    constraint workflows_key_version_key unique (organization_id, key, version),
    constraint workflows_key_shape check (key ~ '^[a-z0-9][a-z0-9_-]{0,99}$'),
    constraint workflows_version_positive check (version > 0),
    constraint workflows_name_length check (length(name) between 1 and 255),
    constraint workflows_execution_mode_known check (execution_mode in ('parallel', 'sequential')),
    constraint workflows_quality_threshold_range check (quality_threshold between 0 and 10),
    constraint workflows_max_n2_iterations_range check (max_n2_iterations between 1 and 20),
    constraint workflows_cost_cap_usd_positive check (cost_cap_usd > 0 and cost_cap_usd < 'Infinity'),
    constraint workflows_deadline_seconds_positive check (deadline_seconds > 0),
    constraint workflows_synthesis_model_whole check ((synthesis_provider is null) = (synthesis_model is null)),
    constraint workflows_judge_model_whole check ((judge_provider is null) = (judge_model is null)),
    constraint workflows_usage_count_not_negative check (usage_count >= 0),
    constraint workflows_rating_possible check (rating_count >= 0 and rating_sum between rating_count and 5 * rating_count),
    constraint workflows_origin_whole check ((origin_key is null) = (origin_version is null)),
    constraint workflows_settings_object check (jsonb_typeof(settings) = 'object')
);
comment on table workflows is 'A version of a set of agents that answers questions.';
comment on column workflows.organization_id is 'Tenant.';
comment on column workflows.id is 'Identity: a UUIDv7.';
comment on column workflows.key is 'Short name, the same for all versions.';
comment on column workflows.version is 'Number of the version, from 1.';
comment on column workflows.is_active is 'Whether new runs use this version; one of each key is.';
comment on column workflows.name is 'Name shown to people.';
comment on column workflows.description is 'What it is for.';
comment on column workflows.category is 'Kind of question it is made for.';
comment on column workflows.execution_mode is 'parallel, or sequential: each agent sees the answers before its own.';
comment on column workflows.quality_threshold is 'Score at which an answer is good enough, 0 to 10; null: the organizations.';
comment on column workflows.max_n2_iterations is 'Most iterations; null: the organizations.';
comment on column workflows.cost_cap_usd is 'Most that one run may cost; null: the organizations.';
comment on column workflows.deadline_seconds is 'Longest time of one run; null: no limit.';
comment on column workflows.synthesis_provider is 'Provider of the model that observes, distils and assembles; null: the runs.';
comment on column workflows.synthesis_model is 'That model.';
comment on column workflows.judge_provider is 'Provider of the model that scores; null: the runs.';
comment on column workflows.judge_model is 'That model.';
comment on column workflows.settings is 'Further settings, as a JSON object.';
comment on column workflows.is_public is 'Whether it may be shown outside the organization.';
comment on column workflows.is_template is 'Whether it came with the product.';
comment on column workflows.usage_count is 'Runs it had.';
comment on column workflows.rating_sum is 'Sum of its ratings, 1 to 5 each.';
comment on column workflows.rating_count is 'Number of its ratings.';
comment on column workflows.origin_key is 'Name of the system workflow it is a copy of; null for ones own.';
comment on column workflows.origin_version is 'Version of that workflow.';
comment on column workflows.created_by is 'Member who made it; null: it came with the product.';
comment on column workflows.created_at is 'When it was made.';
comment on column workflows.updated_at is 'When it was last changed; kept by a trigger.';
comment on column workflows.deleted_at is 'When it was deleted; null while it is not.';
create unique index workflows_active_key on workflows (organization_id, key) where is_active and deleted_at is null;
select overmind.tenant_table('public.workflows', fixed => '{origin_key,origin_version,created_by}');
create policy makers_insert on workflows as restrictive for insert to public
    with check (created_by = overmind.user_id() or overmind.org_role() = 'admin');
create policy makers_update on workflows as restrictive for update to public
    using (created_by = overmind.user_id() or overmind.org_role() = 'admin');
create policy makers_delete on workflows as restrictive for delete to public
    using (created_by = overmind.user_id() or overmind.org_role() = 'admin');

create table workflow_agents (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    workflow_id     uuid        not null,
    agent_id        uuid        not null,
    position        integer     not null,
    created_by      uuid,
    created_at      timestamptz not null default clock_timestamp(),
    constraint workflow_agents_pkey primary key (organization_id, id),
    constraint workflow_agents_workflow_fkey foreign key (organization_id, workflow_id)
        references workflows (organization_id, id) on delete cascade,
    constraint workflow_agents_agent_fkey foreign key (organization_id, agent_id)
        references agent_configurations (organization_id, id),
    constraint workflow_agents_position_key unique (organization_id, workflow_id, position),
    constraint workflow_agents_agent_key unique (organization_id, workflow_id, agent_id),
    constraint workflow_agents_position_positive check (position > 0)
);
comment on table workflow_agents is 'The agents of a workflow, in order.';
comment on column workflow_agents.organization_id is 'Tenant.';
comment on column workflow_agents.id is 'Identity: a UUIDv7.';
comment on column workflow_agents.workflow_id is 'The workflows version.';
comment on column workflow_agents.agent_id is 'The agent.';
comment on column workflow_agents.position is 'Its place, from 1.';
comment on column workflow_agents.created_by is 'Whoever made the workflow; copied by a trigger.';
comment on column workflow_agents.created_at is 'When it was made.';
create index workflow_agents_agent_idx on workflow_agents (organization_id, agent_id);
-- created_by is the workflow's, copied by a trigger.
select overmind.tenant_table('public.workflow_agents', fixed => '{workflow_id,created_by}');
create policy makers_insert on workflow_agents as restrictive for insert to public
    with check (created_by = overmind.user_id() or overmind.org_role() = 'admin');
create policy makers_update on workflow_agents as restrictive for update to public
    using (created_by = overmind.user_id() or overmind.org_role() = 'admin');
create policy makers_delete on workflow_agents as restrictive for delete to public
    using (created_by = overmind.user_id() or overmind.org_role() = 'admin');

alter table conversations
    add constraint conversations_workflow_fkey foreign key (organization_id, workflow_id) references workflows (organization_id, id);
alter table messages
    add constraint messages_sender_agent_fkey foreign key (organization_id, sender_agent_id)
        references agent_configurations (organization_id, id);
