-- Definer, because an external identity has no tenant. For an address that the configured provider vouched for.
create or replace function overmind.link_external_identity(
    p_issuer text,
    p_subject text,
    p_email text,
    p_name text,
    p_slug text)
    returns uuid
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    account uuid;
begin
    perform pg_advisory_xact_lock(hashtext('overmind.accounts ' || lower(p_email)));
    select u.id into account
    from public.users u
    where lower(u.email) = lower(p_email)
      and u.deleted_at is null;
    if account is null then
        if p_slug is null then
            return null;
        end if;
        select c.user_id into account
        from overmind.create_organization(left(p_name, 230) || '''s organization', p_slug, p_email, p_name, null) as c;
    end if;
    update public.users u
    set email_verified = true,
        email_verified_at = coalesce(u.email_verified_at, clock_timestamp())
    where u.id = account;
    insert into overmind.external_identities (issuer, subject, user_id)
    values (p_issuer, p_subject, account)
    on conflict (issuer, subject) do nothing;
    if found then
        perform overmind.audit_account(account, 'user.identity_linked');
    end if;
    return overmind.find_external_identity(p_issuer, p_subject);
end
$$;
comment on function overmind.link_external_identity(text, text, text, text, text) is
    'Remembers who a person of an OpenID provider is here: the account of the address that the provider verified, else a new one where p_slug names its organization; else null.';
revoke all on function overmind.link_external_identity(text, text, text, text, text) from public;
grant execute on function overmind.link_external_identity(text, text, text, text, text) to service_role;
