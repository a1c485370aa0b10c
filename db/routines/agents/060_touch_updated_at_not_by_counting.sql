-- A run that ends counts a use: nothing that somebody wrote.
create or replace trigger touch_updated_at_not_by_counting
    before update on public.agent_configurations
    for each row
    when (old.usage_count <> new.usage_count)
    execute function overmind.keep_updated_at();
create or replace trigger touch_updated_at_not_by_counting
    before update on public.workflows
    for each row
    when (old.usage_count <> new.usage_count or old.rating_sum <> new.rating_sum or old.rating_count <> new.rating_count)
    execute function overmind.keep_updated_at();
