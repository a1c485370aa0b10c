-- As their own clients have always done, people subscribe to the free tier by themselves, whether they have it already or not.
create or replace function overmind.user_subscriptions_before_insert() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if current_user not in ('authenticated', 'service_role') then
        return new;
    end if;
    if new.user_id = overmind.user_id() and new.organization_id = overmind.org_id() and overmind.org_role() is distinct from 'viewer' and exists (
        select
        from public.user_subscriptions s
        where s.organization_id = new.organization_id
          and s.user_id = new.user_id
          and s.tier_id = new.tier_id
          and s.status = 'active'
    ) then
        return null;
    end if;
    if new.next_tier_id is not null or not exists (select from public.subscription_tiers t where t.id = new.tier_id and t.tier_name = 'free') then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'By a row of one''s own one subscribes to the free tier alone: call overmind.change_tier().';
    end if;
    return new;
end
$$;
comment on function overmind.user_subscriptions_before_insert() is 'Trigger: members write no other subscription than to the free tier, and that once.';

create or replace trigger user_subscriptions_before_insert
    before insert on public.user_subscriptions
    for each row execute function overmind.user_subscriptions_before_insert();
