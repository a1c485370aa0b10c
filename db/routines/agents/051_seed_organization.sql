-- Definer: a new organization has nobody yet in whose name its agents could be made. Touches the given organization only.
create or replace function overmind.seed_organization(org uuid) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    workflow_version constant integer := 1;
    workflow uuid;
    replaces boolean;
begin
    -- Two nodes may seed at once.
    perform from public.organizations where id = org for no key update;

    update public.agent_configurations a
    set name = s.name,
        role = s.name,
        goal = s.goal,
        backstory = s.backstory,
        temperature = s.temperature,
        origin_version = s.origin_version
    from overmind.system_agents() s
    where a.organization_id = org
      and a.origin_key = s.key
      and a.deleted_at is null
      -- What the organization reworded stays as it wrote it.
      and a.customized_at is null
      and a.origin_version < s.origin_version;

    -- A key that the organization took for an agent of its own stays theirs; one they deleted stays deleted.
    insert into public.agent_configurations
        (organization_id, key, name, role, goal, backstory, output_format, temperature, origin_key, origin_version, created_by)
    select org, s.key, s.name, s.name, s.goal, s.backstory, 'sim_4_lines', s.temperature, s.key, s.origin_version, null
    from overmind.system_agents() s
    where not exists (
        select from public.agent_configurations a
        where a.organization_id = org
          and (a.origin_key = s.key or a.key = s.key and a.deleted_at is null))
    order by s.place;

    if exists (
        select from public.workflows w
        where w.organization_id = org
          -- Up to date, or deleted and to stay so.
          and (w.origin_key = 'general-problem-solving' and (w.origin_version >= workflow_version or w.deleted_at is not null)
              -- The key is taken by a workflow of the organization's own.
              or w.key = 'general-problem-solving' and w.version = 1 and w.origin_key is null))
    then
        return;
    end if;

    -- Runs keep a snapshot, but a version that runs have used is not rewritten: an upgrade is the workflow's next version.
    -- Where the organization runs a version of its own, the new one waits beside it to be activated.
    select not exists (
        select from public.workflows w
        where w.organization_id = org
          and w.key = 'general-problem-solving'
          and w.is_active
          and w.origin_key is null
          and w.deleted_at is null) into replaces;
    update public.workflows w
    set is_active = false
    where replaces
      and w.organization_id = org
      and w.key = 'general-problem-solving'
      and w.is_active;
    insert into public.workflows
        (organization_id, key, version, is_active, name, description, category, execution_mode, is_template, origin_key, origin_version, created_by)
    select
        org, 'general-problem-solving', coalesce(max(w.version), 0) + 1, replaces, 'General Problem Solving', 'Balanced approach for diverse queries',
        'general', 'parallel', true, 'general-problem-solving', workflow_version, null
    from public.workflows w
    where w.organization_id = org
      and w.key = 'general-problem-solving'
    returning id into workflow;
    insert into public.workflow_agents (organization_id, workflow_id, agent_id, position)
    select org, workflow, a.id, s.place
    from overmind.system_agents() s
    join public.agent_configurations a on a.organization_id = org and a.key = s.key and a.deleted_at is null
    order by s.place;
end
$$;
comment on function overmind.seed_organization(uuid) is
    'Copies the system agents and workflows into an organization and upgrades older copies. May be called again at any time.';
revoke all on function overmind.seed_organization(uuid) from public;
grant execute on function overmind.seed_organization(uuid) to service_role;
