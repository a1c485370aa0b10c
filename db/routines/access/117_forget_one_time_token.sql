-- Definer, because links have no tenant. Deletes one that was never sent.
create or replace function overmind.forget_one_time_token(p_token_hash text) returns void
    language sql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
    delete from overmind.one_time_tokens t
    where t.token_hash = p_token_hash
$$;
comment on function overmind.forget_one_time_token(text) is 'Deletes the token of a link that could not be sent, so that it does not count.';
revoke all on function overmind.forget_one_time_token(text) from public;
grant execute on function overmind.forget_one_time_token(text) to service_role;
