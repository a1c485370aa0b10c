-- is_archived and deleted_at are older names for two values of status: whichever of the three a client writes, the others follow.
create or replace function overmind.conversations_before_state() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- On insert every column of old is null.
    if new.status is distinct from coalesce(old.status, 'active') then
        new.is_archived := new.status = 'archived';
        new.deleted_at := case when new.status = 'deleted' then coalesce(new.deleted_at, clock_timestamp()) end;
    elsif (new.deleted_at is null) <> (old.deleted_at is null) then
        new.status := case when new.deleted_at is not null then 'deleted' when new.is_archived then 'archived' else 'active' end;
        new.is_archived := new.status = 'archived';
    elsif new.is_archived is distinct from coalesce(old.is_archived, false) then
        new.status := case when new.deleted_at is not null then 'deleted' when new.is_archived then 'archived' else 'active' end;
        new.is_archived := new.status = 'archived';
    end if;

    if tg_op = 'UPDATE'
        and (old.deleted_at is null) <> (new.deleted_at is null)
        and overmind.org_id() is not null
        and overmind.org_role() is distinct from 'admin'
        and overmind.user_id() is distinct from old.user_id
    then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'A conversation is deleted by its owner and by admins';
    end if;
    return new;
end
$$;
comment on function overmind.conversations_before_state() is
    'Trigger: keeps status, is_archived and deleted_at of a conversation together; only its owner and admins delete it.';

create or replace trigger conversations_before_state
    before insert on public.conversations
    for each row execute function overmind.conversations_before_state();

-- Each message writes the status, mostly as it was.
create or replace trigger conversations_before_state_again
    before update of status, is_archived, deleted_at on public.conversations
    for each row
    when (old.status is distinct from new.status or old.is_archived is distinct from new.is_archived or old.deleted_at is distinct from new.deleted_at)
    execute function overmind.conversations_before_state();
