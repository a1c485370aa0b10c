-- Definer, because nobody gives out tiers by themselves. Writes subscriptions of the member whose row its caller was allowed to write.
create or replace function overmind.organization_members_after_joining() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if new.left_at is null then
        insert into public.user_subscriptions (organization_id, user_id, tier_id, current_period_start, current_period_end)
        select new.organization_id, new.user_id, t.id, now(), now() + t.period
        from public.subscription_tiers t
        where t.tier_name = 'free'
        on conflict (organization_id, user_id) where status = 'active' do nothing;
    else
        update public.user_subscriptions s
        set status = 'ended',
            ended_at = clock_timestamp(),
            next_tier_id = null
        where s.organization_id = new.organization_id
          and s.user_id = new.user_id
          and s.status = 'active';
    end if;
    return null;
end
$$;
comment on function overmind.organization_members_after_joining() is 'Trigger: whoever joins has the free tier, and a subscription ends with the membership.';
revoke all on function overmind.organization_members_after_joining() from public;

create or replace trigger organization_members_after_joining
    after insert on public.organization_members
    for each row execute function overmind.organization_members_after_joining();
create or replace trigger organization_members_after_leaving
    after update of left_at on public.organization_members
    for each row
    when ((old.left_at is null) <> (new.left_at is null))
    execute function overmind.organization_members_after_joining();
create or replace trigger touch_updated_at_not_by_activity
    before update on public.organization_members
    for each row
    when (old.last_active_at is distinct from new.last_active_at)
    execute function overmind.keep_updated_at();
