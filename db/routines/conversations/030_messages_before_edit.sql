create or replace function overmind.messages_before_edit() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- The table's owner (migrations, importers) has no claims.
    if overmind.org_id() is not null
        and overmind.org_role() is distinct from 'admin'
        and overmind.user_id() is distinct from old.user_id
        and overmind.user_id() is distinct from old.sender_user_id
    then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'A message is changed by whoever sent it, by the owner of its conversation and by admins';
    end if;
    if new.sender_user_id is distinct from old.sender_user_id and overmind.org_id() is not null then
        raise exception using
            errcode = 'insufficient_privilege',
            message = 'A message keeps its sender';
    end if;
    return new;
end
$$;
comment on function overmind.messages_before_edit() is
    'Trigger: in a conversation that the organization sees, nobody rewords, deletes or signs the message of another person.';

create or replace trigger messages_before_edit
    before update of content, content_parts, metadata, deleted_at, edited, sender_user_id, sender_agent_id on public.messages
    for each row execute function overmind.messages_before_edit();
