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
    constraint workflows_cost_cap_usd_positive check (cost_cap_usd > 0),
    constraint workflows_deadline_seconds_positive check (deadline_seconds > 0),
    constraint workflows_synthesis_model_whole check ((synthesis_provider is null) = (synthesis_model is null)),
    constraint workflows_judge_model_whole check ((judge_provider is null) = (judge_model is null)),
    constraint workflows_usage_count_not_negative check (usage_count >= 0),
    constraint workflows_rating_possible check (rating_count >= 0 and rating_sum between rating_count and 5 * rating_count),
    constraint workflows_origin_whole check ((origin_key is null) = (origin_version is null)),
    constraint workflows_settings_object check (jsonb_typeof(settings) = 'object')
);
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
