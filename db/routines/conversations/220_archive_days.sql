-- As retention_days: what is no whole number of 1 to 36500 counts as not set.
create or replace function overmind.archive_days(p_settings jsonb) returns integer
    language sql
    immutable
    parallel safe
return case when jsonb_typeof(p_settings -> 'auto_archive_days') = 'number' then (
    select d.days::integer
    from (select (p_settings ->> 'auto_archive_days')::numeric as days) as d
    where d.days >= 1
      and d.days <= 36500
      and d.days = trunc(d.days))
end;
comment on function overmind.archive_days(jsonb) is
    'After how many days without a message the conversations of an organization with these settings are archived; null: never.';
