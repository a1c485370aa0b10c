-- The one place that says what is summed by what. What is no call has no model, and is summed for the organization and by user alone.
-- An hour of UTC may begin in one day of the zone and end in the next, so that the hours of a day are counted from its midnight, 0 to 24.
-- It is planned as part of whatever asks, so that keys that are not asked for are not made.
create or replace function overmind.usage_keys(
    p_user_id uuid, p_operation text, p_provider text, p_model text, p_project_id uuid, p_workflow_key text, p_api_key_id uuid,
    p_hour timestamp, p_day date, p_day_hour numeric) returns setof overmind.usage_key
    language sql immutable parallel safe
as $$
    select
        s.dimension, s.grain,
        case s.grain when 'hour' then p_hour::date else p_day end,
        case s.grain when 'hour' then extract(hour from p_hour)::smallint when 'day_hour' then p_day_hour::smallint end,
        case s.dimension when 'user' then p_user_id end,
        case s.dimension
            when 'model' then p_provider || '/' || p_model
            when 'operation' then p_operation
            when 'project' then p_project_id::text
            when 'workflow' then p_workflow_key
            when 'api_key' then p_api_key_id::text
        end
    from (values
        ('organization', 'hour'), ('organization', 'day'), ('organization', 'day_hour'), ('user', 'hour'), ('user', 'day'), ('model', 'hour'), ('model', 'day'),
        ('operation', 'hour'), ('operation', 'day'), ('project', 'hour'), ('project', 'day'), ('workflow', 'hour'), ('workflow', 'day'),
        ('api_key', 'hour'), ('api_key', 'day')
    ) as s (dimension, grain)
    where p_provider is not null
       or s.dimension in ('organization', 'user') and s.grain <> 'day_hour'
$$;
comment on function overmind.usage_keys(uuid, text, text, text, uuid, text, uuid, timestamp, date, numeric) is
    'The keys of usage_totals that a call counts for, or what is no call (p_provider is null): by its hour in UTC, its day in the organization''s zone and the hour of that day.';
