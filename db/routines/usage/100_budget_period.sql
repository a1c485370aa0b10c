-- A midnight that the clocks skip is the moment of the jump; one that they show twice is the first of both, where PostgreSQL takes the second.
create or replace function overmind.budget_period(p_zone text, p_period text, p_at timestamptz, out period_start timestamptz, out period_end timestamptz)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    first timestamp := date_trunc(p_period, p_at at time zone p_zone);
    after timestamp := first + ('1 ' || p_period)::interval;
begin
    period_start := first at time zone p_zone;
    if (period_start - interval '1 hour') at time zone p_zone = first then
        period_start := period_start - interval '1 hour';
    end if;
    period_end := after at time zone p_zone;
    if (period_end - interval '1 hour') at time zone p_zone = after then
        period_end := period_end - interval '1 hour';
    end if;
end
$$;
comment on function overmind.budget_period(text, text, timestamptz) is
    'The day, week (from Monday) or month of a zone that a moment falls into: its beginning, and its end, which is the beginning of the next.';
