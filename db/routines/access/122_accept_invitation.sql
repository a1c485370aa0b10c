-- Definer, because whoever is invited is no member yet. Only with the token that was sent to the address; never more members than max_users.
create or replace function overmind.accept_invitation(
    p_organization_id uuid,
    p_token_hash text,
    p_name text,
    p_password_hash text)
    returns table (outcome text, user_id uuid, role text, invitation_id uuid)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
    asked   record;
    account uuid;
begin
    select i.* into asked
    from public.invitations i
    where i.organization_id = p_organization_id
      and i.token_hash = p_token_hash
    for update;
    if not found or asked.status <> 'pending' or asked.expires_at <= clock_timestamp() then
        return query select 'link_expired', null::uuid, null::text, null::uuid;
        return;
    end if;

    perform pg_advisory_xact_lock(hashtext('overmind.accounts ' || lower(asked.email)));
    select u.id into account
    from public.users u
    where lower(u.email) = lower(asked.email)
      and u.deleted_at is null;
    if account is null then
        if p_password_hash is null then
            return query select 'password_missing', null::uuid, null::text, asked.id;
            return;
        end if;
        insert into public.users (email, name, password_hash)
        values (asked.email, p_name, p_password_hash)
        returning id into account;
    end if;
    -- It is their act from here on, for the audit log.
    perform set_config('app.current_user_id', account::text, true);
    if not (select j.joined from overmind.join_organization(p_organization_id, account, asked.role, p_name) as j) then
        return query select 'already_member', account, null::text, asked.id;
        return;
    end if;
    update public.users u
    set email_verified = true,
        email_verified_at = coalesce(u.email_verified_at, clock_timestamp())
    where u.id = account;
    update public.invitations i
    set status = 'accepted',
        accepted_at = clock_timestamp(),
        accepted_by = account
    where i.organization_id = p_organization_id
      and i.id = asked.id;
    return query select 'accepted', account, asked.role, asked.id;
end
$$;
comment on function overmind.accept_invitation(uuid, text, text, text) is
    'Makes whoever a link was sent to a member, with a new account where the address has none. outcome: accepted, link_expired, already_member or password_missing. Fails with OV002 when the organization is not active, and with OV003 when it has as many members as it may.';
revoke all on function overmind.accept_invitation(uuid, text, text, text) from public;
grant execute on function overmind.accept_invitation(uuid, text, text, text) to service_role;
