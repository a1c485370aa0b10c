-- Periods are counted from the beginning, not from one to the next: months that begin on the 31st would wander to the 28th.
create or replace function overmind.period_end(p_start timestamptz, p_period interval, p_now timestamptz) returns timestamptz
    language sql
    stable
    parallel safe
return (
    select min(p_start + p_period * periods.count)
    from (select greatest(extract(epoch from p_now - p_start) / extract(epoch from p_period), 0) as passed) as about
    cross join lateral generate_series(greatest(floor(about.passed * 0.95)::integer - 1, 1), floor(about.passed)::integer + 2) as periods (count)
    where p_start + p_period * periods.count > p_now);
comment on function overmind.period_end(timestamptz, interval, timestamptz) is
    'When the period ends in which p_now lies, of those that follow one another from p_start.';
