-- Settings are open to SQL clients: what is no whole number of 1 to 36500 counts as not set, so that a slip deletes nothing.
create or replace function overmind.retention_days(p_settings jsonb) returns integer
    language sql
    immutable
    parallel safe
return case when jsonb_typeof(p_settings -> 'data_retention_days') = 'number' then (
    select d.days::integer
    from (select (p_settings ->> 'data_retention_days')::numeric as days) as d
    where d.days >= 1
      and d.days <= 36500
      and d.days = trunc(d.days))
end;
comment on function overmind.retention_days(jsonb) is
    'After how many days without activity the conversations of an organization with these settings are deleted; null: never.';
