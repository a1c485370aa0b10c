-- Definer, because nobody may write changes by hand; it tells of the row that its caller was allowed to write. What was written stays counted when it goes.
create or replace function overmind.messages_usage() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into public.usage_changes (organization_id, user_id, created_at, messages)
    values (new.organization_id, new.user_id, new.created_at, 1);
    return null;
end
$$;
comment on function overmind.messages_usage() is 'Trigger: counts a message for its organization and the owner of its conversation.';
revoke all on function overmind.messages_usage() from public;

create or replace trigger messages_usage
    after insert on public.messages
    for each row execute function overmind.messages_usage();
