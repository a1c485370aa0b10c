-- Lock: access exclusive on agent_configurations and workflows for columns without a rewrite; workflow_runs is only read. Cost: a scan of each to validate the checks, and of the runs to take their scores over.

alter table agent_configurations
    add column output_schema jsonb,
    add column quality_sum   numeric not null default 0,
    add column quality_count bigint  not null default 0,
    add column customized_at timestamptz,
    add constraint agent_configurations_output_schema_object check (jsonb_typeof(output_schema) = 'object'),
    add constraint agent_configurations_output_schema_for_json check (output_schema is null or output_format = 'json'),
    add constraint agent_configurations_quality_count_not_negative check (quality_count >= 0);
comment on column agent_configurations.output_schema is 'JSON Schema that its answers are held to; for the format json alone. Null: any object or array.';
comment on column agent_configurations.quality_sum is 'Sum of the best scores of the runs it took part in.';
comment on column agent_configurations.quality_count is 'How many of these runs were scored.';
comment on column agent_configurations.customized_at is 'When the organization last reworded its copy, which is not upgraded from then on; null: it never did.';
create index agent_configurations_public_idx on agent_configurations (id) where is_public and deleted_at is null;
-- usage_count and avg_quality_score are counted, never told.
select overmind.tenant_table(
    'public.agent_configurations',
    fixed => '{origin_key,origin_version,created_by,usage_count,avg_quality_score,quality_sum,quality_count,customized_at}');

update agent_configurations a
set quality_sum = s.total,
    quality_count = s.runs,
    avg_quality_score = (s.total / s.runs)::double precision
from (
    select r.organization_id, (agent.value ->> 'id')::uuid as agent_id, sum(r.best_score::numeric) as total, count(*) as runs
    from workflow_runs r
    cross join jsonb_array_elements(r.snapshot -> 'agents') as agent
    where r.completed_at is not null
      and r.best_score is not null
    group by r.organization_id, (agent.value ->> 'id')::uuid
) s
where a.organization_id = s.organization_id
  and a.id = s.agent_id;

alter table workflows
    add column frozen_at timestamptz;
comment on column workflows.frozen_at is 'When it was first active or used by a run: from then on a change is a new version. Null: a draft.';
update workflows set frozen_at = created_at where is_active or usage_count > 0;
create index workflows_public_idx on workflows (id) where is_public and is_active and deleted_at is null;
select overmind.tenant_table(
    'public.workflows', fixed => '{version,origin_key,origin_version,created_by,usage_count,rating_sum,rating_count,frozen_at}');

create table workflow_ratings (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    workflow_id     uuid        not null,
    user_id         uuid        not null default overmind.user_id(),
    rating          integer     not null,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    constraint workflow_ratings_pkey primary key (organization_id, id),
    constraint workflow_ratings_workflow_fkey foreign key (organization_id, workflow_id)
        references workflows (organization_id, id) on delete cascade,
    constraint workflow_ratings_user_fkey foreign key (organization_id, user_id)
        references organization_members (organization_id, user_id),
    constraint workflow_ratings_once unique (organization_id, workflow_id, user_id),
    constraint workflow_ratings_rating_range check (rating between 1 and 5)
);
comment on table workflow_ratings is 'What members think of a version of a workflow, one rating each.';
comment on column workflow_ratings.organization_id is 'Tenant.';
comment on column workflow_ratings.id is 'Identity: a UUIDv7.';
comment on column workflow_ratings.workflow_id is 'The version.';
comment on column workflow_ratings.user_id is 'Whose rating it is.';
comment on column workflow_ratings.rating is '1 to 5.';
comment on column workflow_ratings.created_at is 'When it was first given.';
comment on column workflow_ratings.updated_at is 'When it was last changed; kept by a trigger.';
create index workflow_ratings_user_idx on workflow_ratings (organization_id, user_id);
select overmind.tenant_table('public.workflow_ratings', visibility => 'owner', owner_column => 'user_id', fixed => '{workflow_id}');

create table overmind.run_uses (
    id              bigint generated always as identity,
    organization_id uuid   not null,
    workflow_id     uuid   not null,
    agent_ids       uuid[] not null,
    uses            integer not null default 1,
    score           numeric,
    constraint run_uses_pkey primary key (id)
);
comment on table overmind.run_uses is 'Runs that have ended and are not yet counted for their workflow and agents.';
comment on column overmind.run_uses.id is 'Order of insertion.';
comment on column overmind.run_uses.organization_id is 'Tenant.';
comment on column overmind.run_uses.workflow_id is 'The version that was used.';
comment on column overmind.run_uses.agent_ids is 'The agents that took part.';
comment on column overmind.run_uses.uses is '1; 0 for a run that was taken up again, which was counted when it first ended.';
comment on column overmind.run_uses.score is 'The score of the runs answer; null: it has none.';
