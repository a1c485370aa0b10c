-- The conversation's row is the lock behind which branches are numbered, as messages are.
create or replace function overmind.conversation_branches_before_insert() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    select c.user_id, c.visibility into new.user_id, new.visibility
    from public.conversations c
    where c.organization_id = new.organization_id
      and c.id = new.conversation_id
      and c.deleted_at is null
    for no key update;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no conversation %s', new.conversation_id),
            table = 'conversation_branches',
            constraint = 'conversation_branches_conversation_fkey';
    end if;
    select coalesce(max(b.number), 0) + 1 into new.number
    from public.conversation_branches b
    where b.organization_id = new.organization_id
      and b.conversation_id = new.conversation_id;
    return new;
end
$$;
comment on function overmind.conversation_branches_before_insert() is
    'Trigger: numbers a branch and gives it the owner and visibility of its conversation. A parent that is not there has no lower number, and the check refuses it.';

create or replace trigger conversation_branches_before_insert
    before insert on public.conversation_branches
    for each row execute function overmind.conversation_branches_before_insert();
