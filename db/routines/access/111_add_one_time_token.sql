-- Definer, because links have no tenant. Adds a row; five for an address within an hour, over all nodes.
create or replace function overmind.add_one_time_token(
    p_token_hash text,
    p_purpose text,
    p_email text,
    p_name text,
    p_user_id uuid,
    p_lifetime interval)
    returns boolean
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    perform pg_advisory_xact_lock(hashtext('overmind.one_time_tokens ' || lower(p_email)));
    if (select count(*)
        from overmind.one_time_tokens t
        where lower(t.email) = lower(p_email)
          and t.created_at > clock_timestamp() - interval '1 hour') >= 5 then
        return false;
    end if;
    update overmind.one_time_tokens t
    set used_at = clock_timestamp()
    where lower(t.email) = lower(p_email)
      and t.purpose = p_purpose
      and t.used_at is null;
    insert into overmind.one_time_tokens (token_hash, purpose, email, name, user_id, expires_at)
    values (p_token_hash, p_purpose, p_email, p_name, p_user_id, clock_timestamp() + p_lifetime);
    return true;
end
$$;
comment on function overmind.add_one_time_token(text, text, text, text, uuid, interval) is
    'Makes the token of a link; the one before it of the same purpose is good no more. False: five were made for the address within an hour, and none is.';
revoke all on function overmind.add_one_time_token(text, text, text, text, uuid, interval) from public;
grant execute on function overmind.add_one_time_token(text, text, text, text, uuid, interval) to service_role;
