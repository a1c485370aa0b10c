-- A midnight that the clocks skip is the moment of the jump; one that they show twice is the first of both, where PostgreSQL takes the second.
create or replace function overmind.budget_day(p_zone text, p_day timestamp) returns timestamptz
    language sql
    stable
    parallel safe
    return p_day at time zone p_zone - case
        when (p_day at time zone p_zone - interval '1 hour') at time zone p_zone = p_day then interval '1 hour'
        else interval '0'
    end;
comment on function overmind.budget_day(text, timestamp) is 'The moment at which a day of a zone begins.';
