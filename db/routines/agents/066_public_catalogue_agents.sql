-- Definer: what organizations publish is read by members of others. Hands out public agents alone, and of them what is listed here.
create or replace function overmind.public_catalogue_agents(p_id uuid, p_q text, p_cursor uuid, p_upwards boolean, p_limit integer)
    returns table (
        id uuid, organization_name text, key text, name text, role text, goal text, backstory text, output_format text, output_schema jsonb,
        temperature double precision, max_tokens integer, updated_at timestamptz)
    language sql stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select
        a.id, o.name, a.key, a.name, a.role, a.goal, a.backstory, a.output_format, a.output_schema, a.temperature, a.max_tokens, a.updated_at
    from public.agent_configurations a
    join public.organizations o on o.id = a.organization_id
    where overmind.org_id() is not null
      and a.is_public
      and a.is_active
      and a.deleted_at is null
      and o.deleted_at is null
      and (p_id is null or a.id = p_id)
      and (p_q is null or strpos(lower(concat_ws(' ', a.key, a.name, a.role, a.goal)), lower(p_q)) > 0)
      and (p_cursor is null or case when p_upwards then a.id > p_cursor else a.id < p_cursor end)
    order by case when p_upwards then a.id end, a.id desc
    limit least(p_limit, 101)
$$;
comment on function overmind.public_catalogue_agents(uuid, text, uuid, boolean, integer) is
    'Agents that organizations of this installation have published: what a member of any of them may read and copy.';
revoke all on function overmind.public_catalogue_agents(uuid, text, uuid, boolean, integer) from public;
grant execute on function overmind.public_catalogue_agents(uuid, text, uuid, boolean, integer) to authenticated, service_role;
