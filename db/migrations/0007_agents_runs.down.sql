drop table run_events;
drop table synthesis_events;
drop table run_steps;
drop table workflow_runs;
