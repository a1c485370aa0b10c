-- Reads the conversation as the caller does. Whoever may only read it does not pass it on.
create or replace function overmind.conversation_shares_before_insert() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if not exists (
        select from public.conversations c
        where c.organization_id = new.organization_id
          and c.id = new.conversation_id
          and c.deleted_at is null
          and (overmind.org_id() is null or c.user_id = overmind.user_id() or overmind.org_role() = 'admin'))
    then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no conversation %s that you may share', new.conversation_id),
            table = 'conversation_shares',
            constraint = 'conversation_shares_conversation_fkey';
    end if;
    return new;
end
$$;
comment on function overmind.conversation_shares_before_insert() is 'Trigger: a conversation is shared by its owner and by admins.';

create or replace trigger conversation_shares_before_insert
    before insert on public.conversation_shares
    for each row execute function overmind.conversation_shares_before_insert();
