create or replace function overmind.synthesis_events_before_insert() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    select c.user_id, c.visibility into new.user_id, new.visibility
    from public.conversations c
    where c.organization_id = new.organization_id
      and c.id = new.conversation_id;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no conversation %s', new.conversation_id),
            table = 'synthesis_events',
            constraint = 'synthesis_events_conversation_fkey';
    end if;
    if new.run_id is not null and not exists (
        select from public.workflow_runs r
        where r.organization_id = new.organization_id
          and r.id = new.run_id
          and r.conversation_id = new.conversation_id)
    then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no run %s in this conversation', new.run_id),
            table = 'synthesis_events',
            constraint = 'synthesis_events_run_fkey';
    end if;
    return new;
end
$$;
comment on function overmind.synthesis_events_before_insert() is 'Trigger: a synthesis event has its conversation''s owner and visibility.';

create or replace trigger synthesis_events_before_insert
    before insert on public.synthesis_events
    for each row execute function overmind.synthesis_events_before_insert();
