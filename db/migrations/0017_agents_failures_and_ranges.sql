-- Lock: share on conversations and workflow_runs while their indexes are built (reads go on, writes wait), short access exclusive on run_steps for a new column. Cost: one scan and sort of the two, some seconds for 10 million rows, and a scan of run_steps to validate its check.

-- Ranges of created_at: lists are read by id, and where there are many rows, few of a range would be found by reading all. Jobs have no such index:
-- a range of 8 among 1,000,000 takes 0.3 s without it and 0.2 ms with it, but it would cost each job 3 of the 43 µs that its two writes take.
create index conversations_created_at_idx on conversations (organization_id, created_at) where deleted_at is null;
create index workflow_runs_created_at_idx on workflow_runs (organization_id, created_at);

alter table run_steps
    add column error_code text,
    add constraint run_steps_error_code_of_failed check (error_code is null or status = 'failed');
comment on column run_steps.error_code is 'Which failure of a model call it was, a word of the error catalogue; null: none, or one that is not known more precisely.';
select overmind.tenant_table('public.run_steps', visibility => 'inherited', owner_column => 'user_id', fixed => '{run_id,step_key}');
