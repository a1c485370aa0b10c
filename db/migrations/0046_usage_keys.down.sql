drop view if exists monthly_cost_report, organization_usage, token_usage_daily, usage_metrics, usage_rollups;
drop function if exists overmind.usage_keys(uuid, text, text, text, uuid, text, uuid, timestamp, date, numeric);
create type overmind.usage_key as (dimension text, grain text, metric_date date, metric_hour smallint, user_id uuid, subject text);
comment on type overmind.usage_key is 'What a sum of usage is of: the columns of usage_totals.';
