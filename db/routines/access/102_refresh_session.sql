-- Definer, because a refresh token has no tenant. Whoever has the token is its session's user; the organization is tested against their memberships.
create or replace function overmind.refresh_session(
    p_token_hash text,
    p_successor_hash text,
    p_salt bytea,
    p_organization_id uuid,
    p_ip_address inet,
    p_user_agent text,
    p_lifetime interval,
    p_reuse_window interval)
    returns table (outcome text, session_id uuid, user_id uuid, organization_id uuid, role text, permissions jsonb, salt bytea)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
    token    record;
    standing record;
begin
    select t.session_id into token
    from overmind.refresh_tokens t
    where t.token_hash = p_token_hash;
    if not found then
        return query select 'unknown', null::uuid, null::uuid, null::uuid, null::text, null::jsonb, null::bytea;
        return;
    end if;

    -- Refreshes of one session follow each other; the token is read behind the lock.
    select s.* into standing
    from public.sessions s
    where s.id = token.session_id
    for update;
    if standing.revoked_at is not null or standing.expires_at <= clock_timestamp() then
        return query select 'ended', standing.id, standing.user_id, null::uuid, null::text, null::jsonb, null::bytea;
        return;
    end if;
    select t.* into token
    from overmind.refresh_tokens t
    where t.token_hash = p_token_hash;
    if token.used_at < clock_timestamp() - p_reuse_window then
        update public.sessions s
        set revoked_at = clock_timestamp(),
            revoked_reason = 'refresh_token_reused'
        where s.id = standing.id;
        return query select 'reused', standing.id, standing.user_id, null::uuid, null::text, null::jsonb, null::bytea;
        return;
    end if;

    if not exists (
        select from public.organization_members m
        join public.organizations o on o.id = m.organization_id
        join public.users u on u.id = m.user_id
        where m.user_id = standing.user_id
          and m.organization_id = coalesce(p_organization_id, standing.organization_id)
          and m.left_at is null
          and o.deleted_at is null
          and u.deleted_at is null) then
        return query select 'no_member', standing.id, standing.user_id, null::uuid, null::text, null::jsonb, null::bytea;
        return;
    end if;

    if token.used_at is null then
        update overmind.refresh_tokens t
        set used_at = clock_timestamp(),
            salt = p_salt
        where t.token_hash = p_token_hash;
        insert into overmind.refresh_tokens (token_hash, session_id)
        values (p_successor_hash, standing.id);
    end if;
    update public.sessions s
    set organization_id = coalesce(p_organization_id, s.organization_id),
        last_active_at = clock_timestamp(),
        ip_address = p_ip_address,
        user_agent = left(p_user_agent, 500),
        expires_at = clock_timestamp() + p_lifetime
    where s.id = standing.id;
    return query
    select 'refreshed', standing.id, m.user_id, m.organization_id, m.role, m.permissions, coalesce(token.salt, p_salt)
    from public.organization_members m
    where m.user_id = standing.user_id
      and m.organization_id = coalesce(p_organization_id, standing.organization_id);
end
$$;
comment on function overmind.refresh_session(text, text, bytea, uuid, inet, text, interval, interval) is
    'Takes a refresh token for its successor. outcome: refreshed, unknown, ended, no_member, or reused, which ends the session. Within p_reuse_window a used token gives the salt of the same successor.';
revoke all on function overmind.refresh_session(text, text, bytea, uuid, inet, text, interval, interval) from public;
grant execute on function overmind.refresh_session(text, text, bytea, uuid, inet, text, interval, interval) to service_role;
