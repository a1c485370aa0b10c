-- Lock: share row exclusive on organization_members for an instant. Cost: creates empty tables.

create table context_templates (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    name            text        not null,
    description     text,
    segments        jsonb       not null,
    variables       jsonb       not null default '[]',
    total_tokens    integer,
    version         integer     not null default 1,
    use_count       bigint      not null default 0,
    use_cases       text[]      not null default '{}',
    agent_types     text[]      not null default '{}',
    created_by      uuid        default overmind.user_id(),
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp(),
    deleted_at      timestamptz,
    constraint context_templates_pkey primary key (organization_id, id),
    constraint context_templates_created_by_fkey foreign key (organization_id, created_by)
        references organization_members (organization_id, user_id),
    constraint context_templates_name_length check (length(name) between 1 and 100),
    constraint context_templates_description_length check (length(description) between 1 and 2000),
    constraint context_templates_segments_shape check (case jsonb_typeof(segments)
        when 'array' then jsonb_array_length(segments) >= 1
            and jsonb_array_length(segments) <= 50
            and jsonb_array_length(segments) = jsonb_array_length(jsonb_path_query_array(
                segments,
                '$[*] ? (@.type() == "object" && @.name.type() == "string" && @.content.type() == "string" && (@.role == "system" || @.role == "user" || @.role == "assistant"))'))
        else false
    end),
    constraint context_templates_variables_shape check (case jsonb_typeof(variables)
        when 'array' then jsonb_array_length(variables) <= 100
            and jsonb_array_length(variables) = jsonb_array_length(jsonb_path_query_array(
                variables,
                '$[*] ? (@.type() == "object" && @.name.type() == "string" && (@.type == "string" || @.type == "number" || @.type == "boolean" || @.type == "enum"))'))
        else false
    end),
    constraint context_templates_total_tokens_not_negative check (total_tokens >= 0),
    constraint context_templates_version_positive check (version > 0),
    constraint context_templates_use_count_not_negative check (use_count >= 0),
    constraint context_templates_use_cases_at_most check (cardinality(use_cases) <= 50),
    constraint context_templates_agent_types_at_most check (cardinality(agent_types) <= 50)
);
comment on table context_templates is 'What conversations may begin with: texts with places for values.';
comment on column context_templates.organization_id is 'Tenant.';
comment on column context_templates.id is 'Identity: a UUIDv7.';
comment on column context_templates.name is 'Name shown to people, unique while not deleted.';
comment on column context_templates.description is 'What it is for.';
comment on column context_templates.segments is 'Its messages, in their order: [{"name", "role" (system, user or assistant), "content" with {{variable}}, "priority", "max_tokens"}].';
comment on column context_templates.variables is 'What its contents name: [{"name", "type" (string, number, boolean or enum), "required", "default", "values", "description"}].';
comment on column context_templates.total_tokens is 'Tokens of the contents as they stand, counted as o200k_base does; null: not counted, as what SQL clients write.';
comment on column context_templates.version is 'Which wording it is, from 1: another one whenever segments or variables change; kept by a trigger.';
comment on column context_templates.use_count is 'Conversations that began with it, up to the last minute; with overmind.pending_template_uses(), all.';
comment on column context_templates.use_cases is 'What it is made for, in words of the organization.';
comment on column context_templates.agent_types is 'Which agents it is made for, in words of the organization.';
comment on column context_templates.created_by is 'Member who made it.';
comment on column context_templates.created_at is 'When it was made.';
comment on column context_templates.updated_at is 'When it was last changed; kept by a trigger.';
comment on column context_templates.deleted_at is 'When it was deleted; null while it is not.';
create unique index context_templates_name_key on context_templates (organization_id, name) where deleted_at is null;
select overmind.tenant_table('public.context_templates', fixed => '{version,use_count,created_by,created_at}');
-- Everybody's conversations begin with them: changed by whoever made them and by admins, as agents are.
create policy makers_insert on context_templates as restrictive for insert to public
    with check (created_by = overmind.user_id() or overmind.org_role() = 'admin');
create policy makers_update on context_templates as restrictive for update to public
    using (created_by = overmind.user_id() or overmind.org_role() = 'admin');
create policy makers_delete on context_templates as restrictive for delete to public
    using (created_by = overmind.user_id() or overmind.org_role() = 'admin');

create table context_template_versions (
    organization_id uuid        not null default overmind.org_id(),
    id              uuid        not null default overmind.uuid_v7(),
    template_id     uuid        not null,
    version         integer     not null,
    segments        jsonb       not null,
    variables       jsonb       not null,
    total_tokens    integer,
    replaced_by     uuid,
    created_at      timestamptz not null default clock_timestamp(),
    constraint context_template_versions_pkey primary key (organization_id, id),
    constraint context_template_versions_version_key unique (organization_id, template_id, version),
    constraint context_template_versions_template_fkey foreign key (organization_id, template_id)
        references context_templates (organization_id, id) on delete cascade,
    constraint context_template_versions_version_positive check (version > 0)
);
comment on table context_template_versions is 'What a context template said before it was changed. What it says now is the template itself.';
comment on column context_template_versions.organization_id is 'Tenant.';
comment on column context_template_versions.id is 'Identity: a UUIDv7.';
comment on column context_template_versions.template_id is 'The template.';
comment on column context_template_versions.version is 'Which version, from 1.';
comment on column context_template_versions.segments is 'Its segments.';
comment on column context_template_versions.variables is 'Its variables.';
comment on column context_template_versions.total_tokens is 'Tokens of its contents; null: they were not counted.';
comment on column context_template_versions.replaced_by is 'Who wrote the next version.';
comment on column context_template_versions.created_at is 'When it was kept: when the next version was written.';
select overmind.tenant_table('public.context_template_versions');
-- Written by a trigger alone: what a conversation began with is not made another afterwards.
revoke insert, update, delete on context_template_versions from authenticated, service_role;

-- A template that everybody uses is no row that everybody waits for: uses are appended, and counted together each minute.
create table overmind.template_uses (
    organization_id uuid        not null,
    template_id     uuid        not null,
    used_at         timestamptz not null default clock_timestamp()
);
comment on table overmind.template_uses is 'Conversations that began with a context template and are not counted for it yet.';
comment on column overmind.template_uses.organization_id is 'Tenant.';
comment on column overmind.template_uses.template_id is 'The template.';
comment on column overmind.template_uses.used_at is 'When it was used.';
create index template_uses_template_idx on overmind.template_uses (organization_id, template_id);
