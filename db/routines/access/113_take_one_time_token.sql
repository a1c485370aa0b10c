-- For the functions below: the update waits for one that holds the row, and then finds it used.
create or replace function overmind.take_one_time_token(p_token_hash text, p_purpose text)
    returns table (email text, name text, user_id uuid)
    language sql
    set search_path = pg_catalog, pg_temp
as $$
    update overmind.one_time_tokens t
    set used_at = clock_timestamp()
    where t.token_hash = p_token_hash
      and t.purpose = p_purpose
      and t.used_at is null
      and t.expires_at > clock_timestamp()
    returning t.email, t.name, t.user_id
$$;
comment on function overmind.take_one_time_token(text, text) is 'Uses the token of a link up: one row, the first time.';
revoke all on function overmind.take_one_time_token(text, text) from public;
