drop table usage_latencies;
drop table usage_totals;
drop table usage_changes;
drop type overmind.usage_key;
revoke update (timezone) on organizations from authenticated, service_role;
alter table organizations
    drop column usage_timezone,
    drop column timezone;
