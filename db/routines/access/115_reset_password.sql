-- Definer, because whoever lost the password has no claims. Only with the token that was sent to the address.
create or replace function overmind.reset_password(p_token_hash text, p_password_hash text)
    returns uuid
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    account uuid;
begin
    select t.user_id into account from overmind.take_one_time_token(p_token_hash, 'reset_password') as t;
    if account is null then
        return null;
    end if;
    perform overmind.set_password(account, p_password_hash, true, null);
    update public.users u
    set email_verified = true,
        email_verified_at = coalesce(u.email_verified_at, clock_timestamp())
    where u.id = account
      and u.deleted_at is null;
    return account;
end
$$;
comment on function overmind.reset_password(text, text) is
    'Sets the password of the account that a link is for, and ends all of its sessions; null: the link is not good.';
revoke all on function overmind.reset_password(text, text) from public;
grant execute on function overmind.reset_password(text, text) to service_role;
