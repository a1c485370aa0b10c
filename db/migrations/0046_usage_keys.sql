-- Lock: access exclusive on views, which the routines make again. Cost: none.

drop view if exists monthly_cost_report, organization_usage, token_usage_daily, usage_metrics, usage_rollups;
drop function if exists overmind.usage_keys(uuid, text, text, text, uuid, text, uuid, timestamp, date, numeric);
drop type overmind.usage_key;
