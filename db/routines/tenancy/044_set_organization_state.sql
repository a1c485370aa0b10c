-- Definer, for the operator: no member suspends an organization or takes that back.
create or replace function overmind.set_organization_state(
    p_id     uuid,
    p_state  text,
    p_reason text default null,
    p_now    timestamptz default clock_timestamp()) returns setof public.organizations
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    update public.organizations o
    set status = case when p_state = 'deleted' then o.status else p_state end,
        deleted_at = case when p_state = 'deleted' then coalesce(o.deleted_at, p_now) end,
        suspended_at = case
            when p_state = 'suspended' then coalesce(o.suspended_at, p_now)
            when p_state = 'deleted' then o.suspended_at
        end,
        suspension_reason = case
            when p_state = 'suspended' then p_reason
            when p_state = 'deleted' then o.suspension_reason
        end,
        cancelled_at = case
            when p_state = 'cancelled' then coalesce(o.cancelled_at, p_now)
            when p_state = 'deleted' then o.cancelled_at
        end,
        ends_at = case
            when p_state = 'cancelled' then coalesce(o.ends_at, overmind.period_end(o.created_at, interval '1 month', p_now))
            when p_state = 'deleted' then o.ends_at
        end
    where o.id = p_id
      and p_state in ('active', 'suspended', 'cancelled', 'deleted')
    returning o.*
$$;
comment on function overmind.set_organization_state(uuid, text, text, timestamptz) is
    'Brings an organization into a state: active (which takes back all others), suspended, cancelled or deleted; one row, or none when it is not there.';
revoke all on function overmind.set_organization_state(uuid, text, text, timestamptz) from public;
grant execute on function overmind.set_organization_state(uuid, text, text, timestamptz) to service_role;
