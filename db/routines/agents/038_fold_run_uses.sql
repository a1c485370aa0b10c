-- Definer: no member changes counters. Touches counters of the organizations whose runs have ended.
-- What is taken and what is counted are one statement, so that a run counts exactly once, whenever the server dies.
create or replace function overmind.fold_run_uses() returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    folded bigint;
begin
    -- One node at a time; the others have nothing to do.
    if not pg_try_advisory_xact_lock(hashtextextended('overmind.fold_run_uses', 0)) then
        return 0;
    end if;

    with taken as (
        delete from overmind.run_uses u
        where u.id in (select o.id from overmind.run_uses o order by o.id limit 10000)
        returning u.organization_id, u.workflow_id, u.agent_ids, u.uses, u.score
    ),
    workflow_uses as (
        select t.organization_id, t.workflow_id, sum(t.uses) as uses
        from taken t
        group by t.organization_id, t.workflow_id
    ),
    agent_uses as (
        select t.organization_id, a.id as agent_id, sum(t.uses) as uses, coalesce(sum(t.score), 0) as total, count(t.score) as scored
        from taken t
        cross join unnest(t.agent_ids) as a (id)
        group by t.organization_id, a.id
    ),
    counted_workflows as (
        update public.workflows w
        set usage_count = w.usage_count + u.uses
        from workflow_uses u
        where w.organization_id = u.organization_id
          and w.id = u.workflow_id
    ),
    counted_agents as (
        update public.agent_configurations a
        set usage_count = a.usage_count + u.uses,
            quality_sum = a.quality_sum + u.total,
            quality_count = a.quality_count + u.scored,
            avg_quality_score = ((a.quality_sum + u.total) / nullif(a.quality_count + u.scored, 0))::double precision
        from agent_uses u
        where a.organization_id = u.organization_id
          and a.id = u.agent_id
    )
    select count(*) into folded from taken;
    return folded;
end
$$;
comment on function overmind.fold_run_uses() is
    'Counts the runs that have ended since the last time: usage_count of workflows and agents, avg_quality_score. Returns how many.';
revoke all on function overmind.fold_run_uses() from public;
grant execute on function overmind.fold_run_uses() to service_role;
