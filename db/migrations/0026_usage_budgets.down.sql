-- What waits for a budget is due.
update jobs set status = 'pending', is_due = true, blocked_by = null, run_at = clock_timestamp() where blocked_by is not null;
drop index jobs_blocked_by_idx;
drop index jobs_blocked_idx;
alter table jobs
    drop constraint jobs_blocked_by_when_blocked,
    drop column blocked_by;
-- What was never called has no place in the ledger of before.
delete from token_usage where outcome = 'blocked';
alter table token_usage
    drop constraint token_usage_outcome_known,
    add constraint token_usage_outcome_known check (outcome in ('succeeded', 'failed', 'stopped', 'lost'));
comment on column token_usage.outcome is 'succeeded; failed: the provider refused or broke off; stopped: the caller went away; lost: the process died. Null while reserved, and in rows of before.';
drop table budget_changes;
drop table budget_holds;
drop table budget_periods;
drop table budgets;
