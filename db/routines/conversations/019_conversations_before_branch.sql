create or replace function overmind.conversations_before_branch() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if not exists (
        select from public.conversation_branches b
        where b.organization_id = new.organization_id
          and b.conversation_id = new.id
          and b.number = new.active_branch)
    then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('The conversation has no branch %s', new.active_branch),
            table = 'conversations',
            constraint = 'conversations_active_branch_fkey';
    end if;
    return new;
end
$$;
comment on function overmind.conversations_before_branch() is 'Trigger: the active branch is one of the conversation''s. The trunk has no row, so that a foreign key could not say so.';

create or replace trigger conversations_before_branch
    before insert or update of active_branch on public.conversations
    for each row
    when (new.active_branch > 0)
    execute function overmind.conversations_before_branch();
