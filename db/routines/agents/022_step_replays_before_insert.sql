create or replace function overmind.step_replays_before_insert() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    -- As its caller sees the step: nobody replays what they cannot read.
    select s.run_id, s.user_id, s.visibility into new.run_id, new.user_id, new.visibility
    from public.run_steps s
    where s.organization_id = new.organization_id
      and s.id = new.step_id;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no step %s', new.step_id),
            table = 'step_replays',
            constraint = 'step_replays_step_fkey';
    end if;
    return new;
end
$$;
comment on function overmind.step_replays_before_insert() is 'Trigger: a replay belongs to the run of its step and has its owner and visibility.';

create or replace trigger step_replays_before_insert
    before insert on public.step_replays
    for each row execute function overmind.step_replays_before_insert();
