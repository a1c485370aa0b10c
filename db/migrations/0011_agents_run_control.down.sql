drop table step_replays;
-- Delegated steps have no place in the schema before: what they cost stays in the ledger and in the run's totals.
delete from run_steps where phase = 'delegate';
alter table run_steps
    drop column delegation,
    drop column prompt,
    drop constraint run_steps_phase_known,
    add constraint run_steps_phase_known check (phase in ('agent', 'observe', 'distil', 'assemble', 'inspect'));
alter table workflow_runs
    drop column approve_from_iteration,
    drop column approve_above_usd,
    drop column waiting,
    drop column approvals,
    drop column take_count;
alter table conversations
    drop column approve_from_iteration,
    drop column approve_above_usd;
