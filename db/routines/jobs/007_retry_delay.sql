create or replace function overmind.retry_delay(p_config jsonb, p_attempt integer) returns interval
    language sql
    volatile
    parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select interval '1 millisecond' * (wait.ms * (1 - jitter.part * random()))
    from (
        select least(
            coalesce((p_config ->> 'max_delay_ms')::double precision, 300000),
            coalesce((p_config ->> 'base_delay_ms')::double precision, 1000) * case p_config ->> 'strategy'
                when 'fixed' then 1
                when 'linear' then greatest(p_attempt, 1)
                else power(2, least(greatest(p_attempt, 1) - 1, 40))
            end) as ms
    ) as wait
    cross join (select least(greatest(coalesce((p_config ->> 'jitter')::double precision, 0), 0), 1) as part) as jitter
$$;
comment on function overmind.retry_delay(jsonb, integer) is
    'The wait after a failed attempt, by retry_config: strategy exponential (1, 2, 4, … times base_delay_ms), linear or fixed, at most max_delay_ms, up to the part jitter of it shorter.';
revoke all on function overmind.retry_delay(jsonb, integer) from public;
