-- Definer, because nobody writes a tier by themselves. Tests the organization, that the tier is offered, and that the caller changes their own
-- subscription or manages those of the organization.
create or replace function overmind.change_tier(p_user_id uuid, p_tier_name text, p_now timestamptz default clock_timestamp()) returns setof public.user_subscriptions
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if not (overmind.has_permission('subscriptions.manage') or p_user_id = overmind.user_id() and overmind.org_role() is distinct from 'viewer') then
        return;
    end if;
    if not exists (
        select
        from public.subscription_tiers t
        where t.tier_name = p_tier_name
          and (t.is_offered or exists (
              select
              from public.user_subscriptions s
              where s.organization_id = overmind.org_id()
                and s.user_id = p_user_id
                and s.status = 'active'
                and s.tier_id = t.id))
    ) then
        raise exception using
            errcode = 'insufficient_privilege',
            message = format('The tier %s is not offered: ask the operator for it.', p_tier_name);
    end if;
    return query select * from overmind.set_tier(overmind.org_id(), p_user_id, p_tier_name, p_now);
end
$$;
comment on function overmind.change_tier(uuid, text, timestamptz) is
    'Changes the tier of the caller, or of a member by who manages subscriptions, to one that is offered; as set_tier().';
revoke all on function overmind.change_tier(uuid, text, timestamptz) from public;
grant execute on function overmind.change_tier(uuid, text, timestamptz) to authenticated, service_role;
