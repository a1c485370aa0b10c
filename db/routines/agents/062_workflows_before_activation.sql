create or replace function overmind.workflows_before_activation() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    new.frozen_at := coalesce(new.frozen_at, clock_timestamp());
    return new;
end
$$;
comment on function overmind.workflows_before_activation() is 'Trigger: a version that was active once is not a draft any more.';

create or replace trigger workflows_before_activation
    before insert or update on public.workflows
    for each row
    when (new.is_active and new.frozen_at is null)
    execute function overmind.workflows_before_activation();
