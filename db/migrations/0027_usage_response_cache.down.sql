alter table run_steps drop column cache;
update token_usage set outcome = 'succeeded' where outcome = 'cached';
alter table token_usage
    drop constraint token_usage_outcome_known,
    add constraint token_usage_outcome_known check (outcome in ('succeeded', 'failed', 'stopped', 'lost', 'blocked'));
comment on column token_usage.outcome is 'succeeded; failed: the provider refused or broke off; stopped: the caller went away; lost: the process died; blocked: a budget did not let it be made, so that it is no call. Null while reserved, and in rows of before.';
drop table overmind.cache_flights;
drop table cache_lookups;
drop table ai_response_cache;
