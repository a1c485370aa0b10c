-- Definer: whoever may use a workflow counts its use, but only its maker may change it. Writes one row for the caller's organization.
-- The counters themselves would be the hottest rows there are: runs of one workflow that end together would wait for each other.
-- In plpgsql, whose plans last as long as the session: one in SQL is planned at each call.
-- An organization that wants no analytics is not counted; what is no boolean counts as not set.
create or replace function overmind.count_run(p_workflow_id uuid, p_agent_ids uuid[], p_uses integer, p_score double precision) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into overmind.run_uses (organization_id, workflow_id, agent_ids, uses, score)
    select w.organization_id, w.id, p_agent_ids, p_uses, p_score::numeric
    from public.workflows w
    join public.organizations o on o.id = w.organization_id
    where w.organization_id = overmind.org_id()
      and o.settings -> 'enable_analytics' is distinct from 'false'
      and w.id = p_workflow_id;
end
$$;
comment on function overmind.count_run(uuid, uuid[], integer, double precision) is
    'Notes a run that has ended, in its last transaction, to be counted for its workflow and agents by fold_run_uses; not where enable_analytics is false.';
revoke all on function overmind.count_run(uuid, uuid[], integer, double precision) from public;
grant execute on function overmind.count_run(uuid, uuid[], integer, double precision) to service_role;
