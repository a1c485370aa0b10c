-- Definer, because no role says what a message follows; it tells of the row that its caller was allowed to delete. By its name before the check of the foreign key,
-- which is of the same statement: a whole conversation that goes has no followers left by then.
create or replace function overmind.messages_leave_followers() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    -- Mostly there is none, and an update that finds nothing costs more than a look.
    if exists (
        select from public.messages m
        where m.organization_id = old.organization_id
          and m.parent_message_id = old.id)
    then
        update public.messages m
        set parent_message_id = null
        where m.organization_id = old.organization_id
          and m.parent_message_id = old.id;
    end if;
    return null;
end
$$;
comment on function overmind.messages_leave_followers() is 'Trigger: what followed a message that is deleted for good keeps its place and has no parent.';
revoke all on function overmind.messages_leave_followers() from public;

create or replace trigger "0_messages_leave_followers"
    after delete on public.messages
    for each row execute function overmind.messages_leave_followers();
