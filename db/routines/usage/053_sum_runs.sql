create or replace function overmind.sum_runs(p_organization_id uuid, p_run_ids uuid[]) returns void
    language sql
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.workflow_runs r
    set tokens_input = total.tokens_input,
        tokens_output = total.tokens_output,
        cost_usd = total.cost_usd
    from (
        select
            s.run_id,
            sum(s.tokens_input) as tokens_input,
            sum(s.tokens_output) as tokens_output,
            case when bool_or(s.cost_usd is null) then null else sum(s.cost_usd) end as cost_usd
        from public.run_steps s
        where s.organization_id = p_organization_id and s.run_id = any (p_run_ids)
        group by s.run_id) as total
    where r.organization_id = p_organization_id and r.id = total.run_id
$$;
comment on function overmind.sum_runs(uuid, uuid[]) is 'Runs'' totals anew from their steps; the cost is null when a part of it is unknown.';
revoke all on function overmind.sum_runs(uuid, uuid[]) from public;
grant execute on function overmind.sum_runs(uuid, uuid[]) to authenticated, service_role;
