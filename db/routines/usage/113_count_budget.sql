-- From the ledger, while calls go on: the statement that counts takes away the changes that its snapshot has as rows, and touches only periods that are held.
-- One whose first call comes meanwhile counts by itself.
create or replace function overmind.count_budget(p_organization_id uuid, p_budget_id uuid, p_anew boolean) returns void
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
    set jit = off
as $$
declare
    counted public.budgets;
    zone    text;
    starts  timestamptz;
    ends    timestamptz;
    lowest  uuid;
    held    text[];
    before  numeric[];
    period  public.budget_periods;
begin
    select b.* into counted
    from public.budgets b
    where b.organization_id = p_organization_id and b.id = p_budget_id;
    select o.timezone into zone
    from public.organizations o
    where o.id = p_organization_id;
    if counted.id is null or not counted.is_active then
        return;
    end if;
    select t.period_start, t.period_end into starts, ends
    from overmind.budget_period(zone, counted.period, clock_timestamp()) as t;
    -- A row's id may be older than the call by the clocks of two nodes.
    lowest := overmind.uuid_v7_floor(starts - interval '1 day');

    insert into public.budget_periods (organization_id, budget_id, dimension, subject, period_start, period_end)
    select p_organization_id, p_budget_id, counted.dimension, s.subject, starts, ends
    from (
        select distinct overmind.budget_subject(counted, u.provider, u.model, u.user_id, u.api_key_id, u.project_id, u.workflow_key) as subject
        from public.token_usage u
        where u.organization_id = p_organization_id and u.id >= lowest and u.created_at >= starts and u.created_at < ends
        union
        select coalesce(counted.subject, case counted.dimension when 'organization' then '' end)) as s
    where s.subject is not null
    order by s.subject
    on conflict do nothing;
    select array_agg(h.subject), array_agg(h.used) into held, before
    from (
        select p.subject, p.used
        from public.budget_periods p
        where p.organization_id = p_organization_id and p.budget_id = p_budget_id and p.period_start = starts
        order by p.subject
        for no key update) as h;

    with taken as (
        delete from public.budget_changes c
        where c.organization_id = p_organization_id
          and c.budget_id = p_budget_id
          and c.period_start = starts
          and c.subject = any (held)
    ),
    ledger as (
        select
            d.subject,
            sum(case counted.unit
                when 'calls' then d.calls
                when 'tokens' then d.tokens
                else d.cost * case when counted.currency = 'USD' then 1 else overmind.budget_rate(counted, d.at) end
            end) as used,
            sum(case when counted.unit <> 'money' then 0
                when counted.currency <> 'USD' and overmind.budget_rate(counted, d.at) is null then d.calls
                else d.unpriced end) as unpriced,
            sum(d.held) as reserved
        from (
            select
                s.subject, min(u.created_at) as at,
                count(*) filter (where u.status = 'settled' and u.outcome is distinct from 'cached') as calls,
                coalesce(sum(coalesce(u.tokens_input, 0)::numeric + coalesce(u.tokens_output, 0)) filter (where u.status = 'settled'), 0) as tokens,
                coalesce(sum(u.cost) filter (where u.status = 'settled'), 0) as cost,
                count(*) filter (where u.status = 'settled' and u.cost is null) as unpriced,
                coalesce(sum((u.held ->> p_budget_id::text)::numeric) filter (where u.status = 'reserved'), 0) as held
            from public.token_usage u
            cross join lateral (
                select overmind.budget_subject(counted, u.provider, u.model, u.user_id, u.api_key_id, u.project_id, u.workflow_key) as subject) as s
            where u.organization_id = p_organization_id
              and u.id >= lowest
              and u.created_at >= starts
              and u.created_at < ends
              and u.outcome is distinct from 'blocked'
              and s.subject is not null
            group by s.subject, (u.created_at at time zone zone)::date) as d
        group by d.subject
    )
    update public.budget_periods p
    set used = coalesce((select l.used from ledger l where l.subject = p.subject), 0),
        unpriced_calls = coalesce((select l.unpriced from ledger l where l.subject = p.subject), 0),
        reserved = coalesce((select l.reserved from ledger l where l.subject = p.subject), 0),
        folded_xid = pg_snapshot_xmin(pg_current_snapshot())
    where p.organization_id = p_organization_id
      and p.budget_id = p_budget_id
      and p.period_start = starts
      and p.subject = any (held);

    for i in 1 .. coalesce(cardinality(held), 0) loop
        period := overmind.hold_budget_period(counted, held[i], starts, ends, p_wait => true);
        -- A correction of the past that is counted here gives back what it took, as one that is folded does.
        if p_anew or period.used < before[i] then
            period := overmind.unmark_budget(counted, period);
        end if;
        perform overmind.write_budget_period(overmind.mark_budget(counted, period, 0));
    end loop;
end
$$;
comment on function overmind.count_budget(uuid, uuid, boolean) is
    'Counts from the ledger what has been used of a budget in the period that is now, and marks what has been reached; with p_anew marks that do not hold are taken back.';
revoke all on function overmind.count_budget(uuid, uuid, boolean) from public;
