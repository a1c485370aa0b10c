alter table run_steps drop column error_code;
drop index workflow_runs_created_at_idx;
drop index conversations_created_at_idx;
