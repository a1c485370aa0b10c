create or replace view public.workflow_templates with (security_invoker = true) as
select
    w.organization_id,
    w.id,
    w.name,
    w.description,
    w.category,
    array(
        select a.agent_id
        from public.workflow_agents a
        where a.organization_id = w.organization_id
          and a.workflow_id = w.id
        order by a.position
    ) as agent_ids,
    w.execution_mode,
    w.quality_threshold,
    w.max_n2_iterations,
    w.settings,
    w.is_public,
    w.is_template,
    w.usage_count,
    w.rating_sum,
    w.rating_count,
    w.created_by,
    w.created_at,
    w.updated_at,
    w.deleted_at
from public.workflows w
where w.is_active;
comment on view public.workflow_templates is 'The active version of each workflow, with its agents as an array.';
comment on column public.workflow_templates.organization_id is 'Tenant.';
comment on column public.workflow_templates.id is 'The workflow''s version.';
comment on column public.workflow_templates.name is 'Its name.';
comment on column public.workflow_templates.description is 'What it is for.';
comment on column public.workflow_templates.category is 'Kind of question it is made for.';
comment on column public.workflow_templates.agent_ids is 'Its agents in their order.';
comment on column public.workflow_templates.execution_mode is 'parallel or sequential.';
comment on column public.workflow_templates.quality_threshold is 'Score at which an answer is good enough, 0 to 10; null: the organization''s, else the installation''s.';
comment on column public.workflow_templates.max_n2_iterations is 'Most iterations; null: the organization''s, else the installation''s.';
comment on column public.workflow_templates.settings is 'Further settings.';
comment on column public.workflow_templates.is_public is 'Whether it may be shown outside the organization.';
comment on column public.workflow_templates.is_template is 'Whether it came with the product.';
comment on column public.workflow_templates.usage_count is 'How many runs it had.';
comment on column public.workflow_templates.rating_sum is 'Sum of its ratings, 1 to 5 each.';
comment on column public.workflow_templates.rating_count is 'Number of its ratings.';
comment on column public.workflow_templates.created_by is 'Who made it; null: it came with the product.';
comment on column public.workflow_templates.created_at is 'When it was made.';
comment on column public.workflow_templates.updated_at is 'When it was last changed.';
comment on column public.workflow_templates.deleted_at is 'When it was deleted.';
revoke all on public.workflow_templates from public, anon, authenticated, service_role;
grant select on public.workflow_templates to anon, authenticated, service_role;
