create or replace function overmind.agent_configurations_before_rewording() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    new.customized_at := clock_timestamp();
    return new;
end
$$;
comment on function overmind.agent_configurations_before_rewording() is
    'Trigger: remembers that an organization reworded its copy of a system agent. An upgrade, which raises origin_version, does not count.';

create or replace trigger agent_configurations_before_rewording
    before update on public.agent_configurations
    for each row
    when (
        old.origin_version = new.origin_version
        and (
            old.name <> new.name
            or old.role <> new.role
            or old.goal <> new.goal
            or old.backstory <> new.backstory
            or old.output_format <> new.output_format
            or old.temperature <> new.temperature))
    execute function overmind.agent_configurations_before_rewording();
