-- Definer, because links have no tenant. One row, for whoever has the token.
create or replace function overmind.find_one_time_token(p_token_hash text, p_purpose text)
    returns table (email text, name text, user_id uuid)
    language sql stable
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    select t.email, t.name, t.user_id
    from overmind.one_time_tokens t
    where t.token_hash = p_token_hash
      and t.purpose = p_purpose
      and t.used_at is null
      and t.expires_at > clock_timestamp()
$$;
comment on function overmind.find_one_time_token(text, text) is
    'What the link with this token is for, without using it up: one row while it is good.';
revoke all on function overmind.find_one_time_token(text, text) from public;
grant execute on function overmind.find_one_time_token(text, text) to service_role;
