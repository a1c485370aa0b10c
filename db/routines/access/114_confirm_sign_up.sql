-- Definer, because whoever signs up has no claims yet. Only with the token that was sent to the address.
create or replace function overmind.confirm_sign_up(
    p_token_hash text,
    p_name text,
    p_password_hash text,
    p_slug text)
    returns table (outcome text, user_id uuid, organization_id uuid)
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
    asked record;
    made  record;
begin
    select * into asked from overmind.take_one_time_token(p_token_hash, 'sign_up');
    if not found then
        return query select 'link_expired', null::uuid, null::uuid;
        return;
    end if;
    -- Two links for one address: the second waits here and then finds the account.
    perform pg_advisory_xact_lock(hashtext('overmind.accounts ' || lower(asked.email)));
    if exists (select from public.users u where lower(u.email) = lower(asked.email) and u.deleted_at is null) then
        return query select 'email_taken', null::uuid, null::uuid;
        return;
    end if;
    select * into made
    from overmind.create_organization(
        left(coalesce(p_name, asked.name), 230) || '''s organization', p_slug, asked.email, coalesce(p_name, asked.name), p_password_hash);
    update public.users u
    set email_verified = true,
        email_verified_at = clock_timestamp()
    where u.id = made.user_id;
    return query select 'made', made.user_id, made.organization_id;
end
$$;
comment on function overmind.confirm_sign_up(text, text, text, text) is
    'Makes the account that a link of a sign-up is for, with an organization of its own. outcome: made, link_expired or email_taken.';
revoke all on function overmind.confirm_sign_up(text, text, text, text) from public;
grant execute on function overmind.confirm_sign_up(text, text, text, text) to service_role;
