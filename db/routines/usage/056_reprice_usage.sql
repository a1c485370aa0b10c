-- Definer, because a row of the ledger is settled once for everybody else. It tests the organization of the claims and who asks, and takes that organization's rows alone.
-- Runs that a worker holds are left out: it has their totals in memory, and would write them over. They are held while it works, so that none is taken up meanwhile.
create or replace function overmind.reprice_usage(p_from timestamptz, p_to timestamptz, p_provider text, p_model text, p_apply boolean)
    returns table (provider text, model text, calls bigint, changed bigint, cost_before numeric, cost_after numeric, unpriced_before bigint, unpriced_after bigint)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
    tenant uuid := overmind.org_id();
    -- A row's id may be older than the call by the clocks of two nodes.
    lowest uuid := overmind.uuid_v7_floor(least(greatest(p_from, '2000-01-01 00:00:00+00'), '9999-01-01 00:00:00+00') - interval '1 day');
    steps  uuid[];
    runs   uuid[];
begin
    if tenant is null or not overmind.has_permission('models.manage') then
        raise exception using errcode = 'insufficient_privilege', message = 'Who manages models prices usage anew';
    end if;

    if p_apply then
        perform
        from public.workflow_runs r
        where r.organization_id = tenant
          and r.status <> 'running'
          and exists (
              select
              from public.token_usage u
              where u.organization_id = tenant and u.run_id = r.id and u.id >= lowest
                and u.created_at >= p_from and u.created_at < p_to)
        order by r.id
        for no key update;
    end if;

    create temporary table repriced on commit drop as
    select
        u.id, u.provider, u.model, u.conversation_id, u.run_id, u.step_id, u.metadata ->> 'replay_id' as replay_id, u.cost, p.cost as new_cost, p.price_id as new_price_id,
        u.cost is distinct from p.cost as differs
    from public.token_usage u
    cross join lateral overmind.price_usage(u) as p
    where u.organization_id = tenant
      and u.id >= lowest
      and u.created_at >= p_from
      and u.created_at < p_to
      and u.status = 'settled'
      and u.outcome is distinct from 'blocked'
      and (p_provider is null or u.provider = p_provider)
      and (p_model is null or u.model = p_model)
      and not exists (
          select
          from public.workflow_runs r
          where r.organization_id = tenant and r.id = u.run_id and r.status = 'running');

    if p_apply then
        update public.token_usage u
        set cost = n.new_cost,
            price_id = n.new_price_id
        from repriced n
        where u.organization_id = tenant
          and u.id = n.id
          and n.differs;

        select array_agg(distinct n.step_id) filter (where n.step_id is not null), array_agg(distinct n.run_id) filter (where n.run_id is not null)
        into steps, runs
        from repriced n
        where n.differs;
        update public.run_steps s
        set cost_usd = total.cost
        from (
            select u.step_id, case when bool_or(u.cost is null) then null else sum(u.cost) end as cost
            from public.token_usage u
            where u.organization_id = tenant and u.run_id = any (runs) and u.step_id = any (steps) and u.status = 'settled'
            group by u.step_id) as total
        where s.organization_id = tenant and s.id = total.step_id;
        perform overmind.sum_runs(tenant, runs);

        update public.step_replays t
        set cost_usd = total.cost
        from (
            select u.metadata ->> 'replay_id' as replay_id, case when bool_or(u.cost is null) then null else sum(u.cost) end as cost
            from public.token_usage u
            where u.organization_id = tenant
              and u.conversation_id in (select n.conversation_id from repriced n where n.replay_id is not null and n.differs)
              and u.metadata ->> 'replay_id' in (select n.replay_id from repriced n where n.differs)
              and u.status = 'settled'
            group by u.metadata ->> 'replay_id') as total
        where t.organization_id = tenant and t.id = total.replay_id::uuid;
    end if;

    return query
        select
            n.provider, n.model, count(*), count(*) filter (where n.differs), sum(n.cost), sum(n.new_cost),
            count(*) filter (where n.cost is null), count(*) filter (where n.new_cost is null)
        from repriced n
        group by n.provider, n.model
        order by n.provider, n.model;
    drop table repriced;
end
$$;
comment on function overmind.reprice_usage(timestamptz, timestamptz, text, text, boolean) is
    'Prices the organization''s settled calls from p_from to p_to anew, each by the price that is known now for the moment it was made; tells by model what that changes and, with p_apply, writes it: ledger, steps, runs and replays in one transaction.';
revoke all on function overmind.reprice_usage(timestamptz, timestamptz, text, text, boolean) from public;
grant execute on function overmind.reprice_usage(timestamptz, timestamptz, text, text, boolean) to authenticated, service_role;
