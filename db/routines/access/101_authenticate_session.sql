-- Definer, because claims follow from the session. The organization is tested against the memberships of the session's user.
create or replace function overmind.authenticate_session(
    p_session_id uuid,
    p_user_id uuid,
    p_organization_id uuid)
    returns table (user_id uuid, organization_id uuid, role text, permissions jsonb, expires_at timestamptz, is_member boolean)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
    acts_in uuid;
begin
    -- Written at most once a minute, whoever asks how often.
    update public.sessions u
    set last_active_at = clock_timestamp(),
        expires_at = case when u.device_type = 'web' then greatest(u.expires_at, clock_timestamp() + interval '7 days') else u.expires_at end
    where u.id = p_session_id
      and u.user_id = p_user_id
      and u.revoked_at is null
      and u.expires_at > clock_timestamp()
      and u.last_active_at < clock_timestamp() - interval '1 minute'
    returning coalesce(p_organization_id, u.organization_id) into acts_in;
    if found then
        perform overmind.record_activity(array[acts_in], array[p_user_id], array[clock_timestamp()]);
    end if;

    return query
    select c.user_id, c.wanted, m.role, m.permissions, c.expires_at, m.role is not null
    from (
        select t.user_id, coalesce(p_organization_id, t.organization_id) as wanted, t.expires_at
        from public.sessions t
        join public.users u on u.id = t.user_id
        where t.id = p_session_id
          and t.user_id = p_user_id
          and t.revoked_at is null
          and t.expires_at > clock_timestamp()
          and u.deleted_at is null) as c
    left join lateral (
        select m.role, m.permissions
        from public.organization_members m
        join public.organizations o on o.id = m.organization_id
        where m.user_id = c.user_id
          and m.organization_id = c.wanted
          and m.left_at is null
          and o.deleted_at is null) as m on true;
end
$$;
comment on function overmind.authenticate_session(uuid, uuid, uuid) is
    'Who a session is, and as what in the organization: one row while session and user are in force, else none; is_member is false where they are no member in force.';
revoke all on function overmind.authenticate_session(uuid, uuid, uuid) from public;
grant execute on function overmind.authenticate_session(uuid, uuid, uuid) to service_role;
