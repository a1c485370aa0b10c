create or replace function overmind.usage_day_hour(p_at timestamptz, p_day date, p_zone text) returns numeric
    language sql immutable parallel safe
    return trunc(extract(epoch from p_at - p_day::timestamp at time zone p_zone) / 3600);
comment on function overmind.usage_day_hour(timestamptz, date, text) is 'The hour of a day of a zone that a moment falls into, counted from its midnight: 0 to 24, because a day may have 25.';
