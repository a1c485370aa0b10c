-- Definer: whoever may use a workflow counts its use, but only its maker may change it. Touches counters of the caller's organization only.
-- Agents are locked in the order of their ids, so that two runs which end together cannot wait for each other.
create or replace function overmind.count_run(p_workflow_id uuid, p_agent_ids uuid[]) returns void
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.workflows w
    set usage_count = w.usage_count + 1
    where w.organization_id = overmind.org_id()
      and w.id = p_workflow_id;

    with locked as (
        select a.id
        from public.agent_configurations a
        where a.organization_id = overmind.org_id()
          and a.id = any (p_agent_ids)
        order by a.id
        for no key update
    )
    update public.agent_configurations a
    set usage_count = a.usage_count + 1
    from locked
    where a.organization_id = overmind.org_id()
      and a.id = locked.id;
$$;
comment on function overmind.count_run(uuid, uuid[]) is 'Counts a run for its workflow and agents (usage_count).';
revoke all on function overmind.count_run(uuid, uuid[]) from public;
grant execute on function overmind.count_run(uuid, uuid[]) to service_role;
