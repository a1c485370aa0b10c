drop table exchange_rates;
delete from usage_totals where dimension in ('workflow', 'api_key');
alter table usage_changes
    drop column workflow_key,
    drop column api_key_id;
comment on table usage_totals is 'Sums of usage: by hour (UTC) and by day (of the organization), for the organization and by user, model, operation and project. Without what is pending in usage_changes: usage_rollups has both.';
comment on column usage_totals.dimension is 'By what it is summed: organization, user, model, operation or project.';
comment on column usage_totals.subject is 'The model as provider/model, the operation or the id of the project; null for none.';
alter table token_usage
    drop column workflow_key,
    drop column is_scheduled,
    alter column api_key_id drop default,
    alter column trace_id drop default;
comment on column token_usage.api_key_id is 'API key that asked.';
comment on column token_usage.trace_id is 'Trace of the request.';
alter table step_replays
    drop column api_key_id,
    drop column trace_id,
    drop column is_scheduled;
alter table workflow_runs
    drop column api_key_id,
    drop column trace_id,
    drop column is_scheduled;
