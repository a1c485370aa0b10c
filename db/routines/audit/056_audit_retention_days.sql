-- As overmind.retention_days: what is no whole number of 30 to 36500 counts as not set, so that a slip deletes nothing.
create or replace function overmind.audit_retention_days(p_settings jsonb) returns integer
    language sql
    immutable
    parallel safe
return case when jsonb_typeof(p_settings -> 'audit_retention_days') = 'number' then (
    select d.days::integer
    from (select (p_settings ->> 'audit_retention_days')::numeric as days) as d
    where d.days >= 30
      and d.days <= 36500
      and d.days = trunc(d.days))
end;
comment on function overmind.audit_retention_days(jsonb) is
    'After how many days the acts of an organization with these settings leave the audit log; null: never.';
