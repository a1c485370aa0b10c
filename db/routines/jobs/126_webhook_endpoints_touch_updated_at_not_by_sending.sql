-- Each delivery notes how the endpoint fares; that it was disabled is a change.
create or replace trigger touch_updated_at_not_by_sending
    before update on public.webhook_endpoints
    for each row
    when (to_jsonb(old) - '{failing_since,last_success_at,updated_at}'::text[] = to_jsonb(new) - '{failing_since,last_success_at,updated_at}'::text[])
    execute function overmind.keep_updated_at();
