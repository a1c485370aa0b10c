-- As archive_days: what is no whole number of 1 to 43200 counts as not set.
create or replace function overmind.session_timeout(p_settings jsonb) returns interval
    language sql
    immutable
    parallel safe
return interval '1 minute' * coalesce(case when jsonb_typeof(p_settings -> 'session_timeout_minutes') = 'number' then (
    select m.minutes::integer
    from (select (p_settings ->> 'session_timeout_minutes')::numeric as minutes) as m
    where m.minutes >= 1
      and m.minutes <= 43200
      and m.minutes = trunc(m.minutes))
end, 30);
comment on function overmind.session_timeout(jsonb) is
    'After how long without a word the sessions of an organization with these settings are abandoned: half an hour unless set.';
