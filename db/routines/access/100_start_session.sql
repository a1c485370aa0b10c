-- Definer, because nobody has claims before they are signed in. Only for a member and user in force, in an organization that is there.
create or replace function overmind.start_session(
    p_user_id uuid,
    p_organization_id uuid,
    p_device_type text,
    p_device_name text,
    p_ip_address inet,
    p_user_agent text,
    p_lifetime interval,
    p_refresh_hash text)
    returns uuid
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    started uuid;
begin
    insert into public.sessions (user_id, organization_id, device_type, device_name, ip_address, user_agent, expires_at)
    select p_user_id, p_organization_id, p_device_type, p_device_name, p_ip_address, left(p_user_agent, 500), clock_timestamp() + p_lifetime
    from public.organization_members m
    join public.organizations o on o.id = m.organization_id
    join public.users u on u.id = m.user_id
    where m.user_id = p_user_id
      and m.organization_id = p_organization_id
      and m.left_at is null
      and o.deleted_at is null
      and u.deleted_at is null
    returning id into started;
    if started is null then
        return null;
    end if;
    perform overmind.record_sign_in(p_user_id);
    if p_refresh_hash is not null then
        insert into overmind.refresh_tokens (token_hash, session_id)
        values (p_refresh_hash, started);
    end if;
    return started;
end
$$;
comment on function overmind.start_session(uuid, uuid, text, text, inet, text, interval, text) is
    'Signs a member in on a device; null when they are no member in force. p_refresh_hash is null for a browser.';
revoke all on function overmind.start_session(uuid, uuid, text, text, inet, text, interval, text) from public;
grant execute on function overmind.start_session(uuid, uuid, text, text, inet, text, interval, text) to service_role;
