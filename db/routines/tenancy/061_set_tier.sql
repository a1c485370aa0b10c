-- Definer, for the operator, who gives any tier; members go through change_tier().
create or replace function overmind.set_tier(
    p_organization_id uuid,
    p_user_id         uuid,
    p_tier_name       text,
    p_now             timestamptz default clock_timestamp()) returns setof public.user_subscriptions
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    wanted  public.subscription_tiers;
    current public.user_subscriptions;
begin
    select t.* into wanted
    from public.subscription_tiers t
    where t.tier_name = p_tier_name;
    if not found then
        return;
    end if;

    select s.* into current
    from public.user_subscriptions s
    where s.organization_id = p_organization_id
      and s.user_id = p_user_id
      and s.status = 'active'
    for update;
    if current.tier_id = wanted.id then
        return query
        update public.user_subscriptions s
        set next_tier_id = null
        where s.organization_id = p_organization_id
          and s.id = current.id
        returning s.*;
    elsif current.id is not null and wanted.rank < (select t.rank from public.subscription_tiers t where t.id = current.tier_id) then
        return query
        update public.user_subscriptions s
        set next_tier_id = wanted.id
        where s.organization_id = p_organization_id
          and s.id = current.id
        returning s.*;
    else
        update public.user_subscriptions s
        set status = 'ended',
            ended_at = p_now,
            next_tier_id = null
        where s.organization_id = p_organization_id
          and s.id = current.id;
        return query
        insert into public.user_subscriptions (organization_id, user_id, tier_id, started_at, current_period_start, current_period_end)
        select m.organization_id, m.user_id, wanted.id, p_now, p_now, p_now + wanted.period
        from public.organization_members m
        where m.organization_id = p_organization_id
          and m.user_id = p_user_id
          and m.left_at is null
        returning *;
    end if;
end
$$;
comment on function overmind.set_tier(uuid, uuid, text, timestamptz) is
    'Gives a member a tier: a higher one at once, with a period that begins now; a lower one from the end of the period; the one they have takes that back. Returns the subscription; nothing when there is no such member or tier.';
revoke all on function overmind.set_tier(uuid, uuid, text, timestamptz) from public;
grant execute on function overmind.set_tier(uuid, uuid, text, timestamptz) to service_role;
