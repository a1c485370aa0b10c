-- Inlined into the statements that sum: so it fixes no search path, which would prevent that, and names nothing that one could shadow.
create or replace function overmind.tokens_in_window(
    p_window_tokens integer, p_tokens_used integer, p_run_id uuid, p_version_number integer, p_content text) returns integer
    language sql immutable parallel safe
as $$
    select coalesce(
        p_window_tokens,
        case when p_run_id is null and p_version_number = 1 then p_tokens_used end,
        (pg_catalog.octet_length(p_content) + 3) / 4)
$$;
comment on function overmind.tokens_in_window(integer, integer, uuid, integer, text) is
    'What a message takes in a window: as counted, else what a client said it took (a run''s tokens_used are what making it cost, and an edited text has others), else one for 4 bytes.';
revoke all on function overmind.tokens_in_window(integer, integer, uuid, integer, text) from public;
grant execute on function overmind.tokens_in_window(integer, integer, uuid, integer, text) to anon, authenticated, service_role;
