-- Definer: what organizations publish is read by members of others. Hands out active versions of public workflows alone, with the agents
-- that they need to be copied, and of both what is listed here.
create or replace function overmind.public_catalogue_workflows(p_id uuid, p_q text, p_cursor uuid, p_upwards boolean, p_limit integer)
    returns table (
        id uuid, organization_name text, key text, version integer, name text, description text, category text, execution_mode text,
        quality_threshold double precision, max_n2_iterations integer, agents jsonb, updated_at timestamptz)
    language sql stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select
        w.id, o.name, w.key, w.version, w.name, w.description, w.category, w.execution_mode, w.quality_threshold, w.max_n2_iterations,
        (
            select coalesce(jsonb_agg(
                jsonb_build_object(
                    'id', a.id, 'key', a.key, 'name', a.name, 'role', a.role, 'goal', a.goal, 'backstory', a.backstory,
                    'output_format', a.output_format, 'output_schema', a.output_schema, 'temperature', a.temperature, 'max_tokens', a.max_tokens)
                order by wa.position), '[]')
            from public.workflow_agents wa
            join public.agent_configurations a on a.organization_id = wa.organization_id and a.id = wa.agent_id
            where wa.organization_id = w.organization_id
              and wa.workflow_id = w.id
              and a.is_active
              and a.deleted_at is null
        ),
        w.updated_at
    from public.workflows w
    join public.organizations o on o.id = w.organization_id
    where overmind.org_id() is not null
      and w.is_public
      and w.is_active
      and w.deleted_at is null
      and o.deleted_at is null
      and (p_id is null or w.id = p_id)
      and (p_q is null or strpos(lower(concat_ws(' ', w.key, w.name, w.description, w.category)), lower(p_q)) > 0)
      and (p_cursor is null or case when p_upwards then w.id > p_cursor else w.id < p_cursor end)
    order by case when p_upwards then w.id end, w.id desc
    limit least(p_limit, 101)
$$;
comment on function overmind.public_catalogue_workflows(uuid, text, uuid, boolean, integer) is
    'Workflows that organizations of this installation have published, with their agents: what a member of any of them may read and copy.';
revoke all on function overmind.public_catalogue_workflows(uuid, text, uuid, boolean, integer) from public;
grant execute on function overmind.public_catalogue_workflows(uuid, text, uuid, boolean, integer) to authenticated, service_role;
