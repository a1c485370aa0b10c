-- What counting notes on a budget is no change of it, and leaves its version, which is what If-Match looks at.
create or replace trigger touch_updated_at_not_by_counting
    before update on public.budgets
    for each row
    when (to_jsonb(old) - '{recount_after,updated_at}'::text[] = to_jsonb(new) - '{recount_after,updated_at}'::text[])
    execute function overmind.keep_updated_at();
