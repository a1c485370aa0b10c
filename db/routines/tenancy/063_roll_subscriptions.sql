-- Definer, because it looks at all organizations; what it returns is how many. Many nodes may call it at once: each takes what the others do not hold.
create or replace function overmind.roll_subscriptions(p_limit integer default 1000, p_now timestamptz default clock_timestamp()) returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    due    record;
    rolled integer := 0;
begin
    for due in
        select s.organization_id, s.id, s.user_id, s.next_tier_id, s.current_period_end, s.started_at, t.period
        from public.user_subscriptions s
        join public.subscription_tiers t on t.id = coalesce(s.next_tier_id, s.tier_id)
        where s.status = 'active'
          and s.current_period_end <= p_now
        order by s.current_period_end
        limit p_limit
        for update of s skip locked
    loop
        rolled := rolled + 1;
        if due.next_tier_id is null then
            update public.user_subscriptions s
            set current_period_end = overmind.period_end(due.started_at, due.period, p_now),
                current_period_start = greatest(due.current_period_end, overmind.period_end(due.started_at, due.period, p_now) - due.period)
            where s.organization_id = due.organization_id
              and s.id = due.id;
        else
            update public.user_subscriptions s
            set status = 'ended',
                ended_at = due.current_period_end,
                next_tier_id = null
            where s.organization_id = due.organization_id
              and s.id = due.id;
            insert into public.user_subscriptions (organization_id, user_id, tier_id, started_at, current_period_start, current_period_end)
            values (
                due.organization_id, due.user_id, due.next_tier_id, due.current_period_end,
                greatest(due.current_period_end, overmind.period_end(due.current_period_end, due.period, p_now) - due.period),
                overmind.period_end(due.current_period_end, due.period, p_now));
        end if;
    end loop;
    return rolled;
end
$$;
comment on function overmind.roll_subscriptions(integer, timestamptz) is
    'Begins the next period of up to p_limit subscriptions whose period is over, with the lower tier where one is waiting; returns how many.';
revoke all on function overmind.roll_subscriptions(integer, timestamptz) from public;
grant execute on function overmind.roll_subscriptions(integer, timestamptz) to service_role;
