-- A schedule of every minute could not be edited with If-Match otherwise.
create or replace trigger touch_updated_at_not_by_firing
    before update on public.schedules
    for each row
    when (to_jsonb(old) - '{next_run_at,last_run_at,updated_at}'::text[] = to_jsonb(new) - '{next_run_at,last_run_at,updated_at}'::text[])
    execute function overmind.keep_updated_at();
