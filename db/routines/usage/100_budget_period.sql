create or replace function overmind.budget_period(p_zone text, p_period text, p_at timestamptz, out period_start timestamptz, out period_end timestamptz)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    first timestamp := date_trunc(p_period, p_at at time zone p_zone);
begin
    period_start := overmind.budget_day(p_zone, first);
    period_end := overmind.budget_day(p_zone, first + ('1 ' || p_period)::interval);
end
$$;
comment on function overmind.budget_period(text, text, timestamptz) is
    'The day, week (from Monday) or month of a zone that a moment falls into: its beginning, and its end, which is the beginning of the next.';
