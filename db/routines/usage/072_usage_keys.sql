-- The one place that says what is summed by what. What is no call has no model, and is summed for the organization and by user alone.
-- An hour of UTC may begin in one day of the zone and end in the next, so that the hours of a day are counted from its midnight, 0 to 24.
create or replace function overmind.usage_keys(
    p_user_id uuid, p_operation text, p_provider text, p_model text, p_project_id uuid, p_workflow_key text, p_api_key_id uuid,
    p_hour timestamp, p_day date, p_day_hour numeric) returns overmind.usage_key[]
    language sql immutable parallel safe
    return array[
        row('organization', 'hour', p_hour::date, extract(hour from p_hour), null, null)::overmind.usage_key,
        row('organization', 'day', p_day, null, null, null)::overmind.usage_key,
        row('user', 'hour', p_hour::date, extract(hour from p_hour), p_user_id, null)::overmind.usage_key,
        row('user', 'day', p_day, null, p_user_id, null)::overmind.usage_key
    ] || case when p_provider is not null then array[
        row('organization', 'day_hour', p_day, p_day_hour, null, null)::overmind.usage_key,
        row('model', 'hour', p_hour::date, extract(hour from p_hour), null, p_provider || '/' || p_model)::overmind.usage_key,
        row('model', 'day', p_day, null, null, p_provider || '/' || p_model)::overmind.usage_key,
        row('operation', 'hour', p_hour::date, extract(hour from p_hour), null, p_operation)::overmind.usage_key,
        row('operation', 'day', p_day, null, null, p_operation)::overmind.usage_key,
        row('project', 'hour', p_hour::date, extract(hour from p_hour), null, p_project_id)::overmind.usage_key,
        row('project', 'day', p_day, null, null, p_project_id)::overmind.usage_key,
        row('workflow', 'hour', p_hour::date, extract(hour from p_hour), null, p_workflow_key)::overmind.usage_key,
        row('workflow', 'day', p_day, null, null, p_workflow_key)::overmind.usage_key,
        row('api_key', 'hour', p_hour::date, extract(hour from p_hour), null, p_api_key_id)::overmind.usage_key,
        row('api_key', 'day', p_day, null, null, p_api_key_id)::overmind.usage_key
    ] end;
comment on function overmind.usage_keys(uuid, text, text, text, uuid, text, uuid, timestamp, date, numeric) is
    'The keys of usage_totals that a call counts for, or what is no call (p_provider is null): by its hour in UTC, its day in the organization''s zone and the hour of that day.';
