-- Definer, because it looks at all organizations; what it returns is how many.
create or replace function overmind.end_cancelled_organizations(p_now timestamptz default clock_timestamp()) returns integer
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    ended integer;
begin
    select count(s.id) into ended
    from public.organizations o
    cross join lateral overmind.set_organization_state(o.id, 'suspended', 'It was cancelled, and its time is over.', p_now) as s
    where o.status = 'cancelled'
      and o.deleted_at is null
      and o.ends_at <= p_now;
    return ended;
end
$$;
comment on function overmind.end_cancelled_organizations(timestamptz) is 'Suspends the cancelled organizations whose time is over; returns how many.';
revoke all on function overmind.end_cancelled_organizations(timestamptz) from public;
grant execute on function overmind.end_cancelled_organizations(timestamptz) to service_role;
