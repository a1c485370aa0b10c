create or replace function overmind.copy_conversation_owner() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    select c.user_id, c.visibility into new.user_id, new.visibility
    from public.conversations c
    where c.organization_id = new.organization_id
      and c.id = new.conversation_id
      and c.deleted_at is null;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no conversation %s', new.conversation_id),
            table = tg_table_name,
            constraint = tg_table_name || '_conversation_fkey';
    end if;
    return new;
end
$$;
comment on function overmind.copy_conversation_owner() is 'Trigger: what hangs on a conversation has its owner and visibility.';
