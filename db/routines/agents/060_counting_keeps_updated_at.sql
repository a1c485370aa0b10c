-- After touch_updated_at, by name. An ETag is made of updated_at: a run that ends is no reason to refuse somebody's edit.
create or replace function overmind.counting_keeps_updated_at() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    new.updated_at := old.updated_at;
    return new;
end
$$;
comment on function overmind.counting_keeps_updated_at() is 'Trigger: uses and ratings that are counted change nothing of what somebody wrote.';

create or replace trigger touch_updated_at_not_by_counting
    before update on public.agent_configurations
    for each row
    when (old.usage_count <> new.usage_count)
    execute function overmind.counting_keeps_updated_at();
create or replace trigger touch_updated_at_not_by_counting
    before update on public.workflows
    for each row
    when (old.usage_count <> new.usage_count or old.rating_sum <> new.rating_sum or old.rating_count <> new.rating_count)
    execute function overmind.counting_keeps_updated_at();
