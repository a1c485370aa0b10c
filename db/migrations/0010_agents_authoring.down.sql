drop table overmind.run_uses;
drop table workflow_ratings;
drop index workflows_public_idx;
alter table workflows drop column frozen_at;
drop index agent_configurations_public_idx;
alter table agent_configurations
    drop column customized_at,
    drop column quality_count,
    drop column quality_sum,
    drop column output_schema;
