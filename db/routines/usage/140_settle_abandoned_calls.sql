-- Definer, because it sweeps all organizations; it returns nothing of them but how many there were. Two nodes at once share the work.
-- A call whose process died: its prompt was read, as far as anybody knows.
create or replace function overmind.settle_abandoned_calls(p_now timestamptz, p_limit integer default 1000) returns bigint
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    settled bigint;
begin
    with abandoned as (
        select u.organization_id, u.id
        from public.token_usage u
        where u.status = 'reserved'
          and u.settle_by is not null
          and u.settle_by <= p_now
        order by u.settle_by
        limit p_limit
        for update skip locked
    )
    update public.token_usage u
    set (tokens_input, tokens_output, outcome, cost, price_id) = (
            select c.tokens_input, c.tokens_output, c.outcome, case when c.provider in ('offline', 'builtin') then 0 else p.cost end, p.price_id
            from jsonb_populate_record(u, jsonb_build_object(
                'tokens_input', case jsonb_typeof(u.metadata -> 'estimated_tokens_input') when 'number' then u.metadata -> 'estimated_tokens_input' else '0' end,
                'tokens_output', 0,
                'outcome', 'lost')) as c
            cross join lateral overmind.price_usage(c) as p),
        status = 'settled',
        is_estimated = true,
        settled_at = clock_timestamp()
    from abandoned a
    where u.organization_id = a.organization_id
      and u.id = a.id
      and u.status = 'reserved';
    get diagnostics settled = row_count;
    return settled;
end
$$;
comment on function overmind.settle_abandoned_calls(timestamptz, integer) is
    'Settles by estimate calls that are none of a run and that nobody is left to settle, up to p_limit, those first whose settle_by is the longest ago. Returns how many.';
revoke all on function overmind.settle_abandoned_calls(timestamptz, integer) from public;
grant execute on function overmind.settle_abandoned_calls(timestamptz, integer) to service_role;
