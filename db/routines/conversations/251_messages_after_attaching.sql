-- Definer, because whose an attachment is and where it belongs are nobody's to change: it takes the caller's own that belong nowhere yet, and those of the message's
-- own conversation. One that this message has named before may be gone by now: its other words are still to be edited. So may one of a conversation that comes in
-- from a file, and those of a fork stay with the conversation that it was made of (app.importing of the transaction).
create or replace function overmind.messages_after_attaching() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    named   uuid[];
    taken   uuid[];
    missing text;
begin
    begin
        named := array(
            select distinct (p.value ->> 'attachment_id')::uuid
            from jsonb_array_elements(case when jsonb_typeof(new.content_parts -> 'parts') = 'array' then new.content_parts -> 'parts' else '[]' end) as p
            where p.value ->> 'attachment_id' is not null);
    exception when invalid_text_representation then
        missing := 'that its parts name';
    end;
    if missing is null and cardinality(named) > 0 then
        with found as (
            select a.id
            from public.attachments a
            where a.organization_id = new.organization_id
              and a.id = any (named)
              and (
                  new.id = any (a.message_ids)
                  or a.deleted_at is null
                      and (
                          a.conversation_id = new.conversation_id
                          or a.conversation_id is null and (overmind.org_id() is null or a.user_id = overmind.user_id())))
            order by a.id
            for no key update
        ), attached as (
            update public.attachments a
            set conversation_id = new.conversation_id,
                user_id = new.user_id,
                visibility = new.visibility,
                message_ids = a.message_ids || new.id
            from found f
            where a.organization_id = new.organization_id
              and a.id = f.id
              and new.id <> all (a.message_ids)
        )
        select array_agg(f.id) into taken
        from found f;
        missing := (select min(n.id::text) from unnest(named) as n (id) where n.id <> all (coalesce(taken, '{}')));
    end if;
    if missing is not null and current_setting('app.importing', true) is distinct from 'on' then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no attachment %s of one''s own or of this conversation', missing),
            table = 'messages',
            constraint = 'messages_attachment_fkey';
    end if;
    return null;
end
$$;
comment on function overmind.messages_after_attaching() is
    'Trigger: what a message names as attached is there and the sender''s to give, and belongs to its conversation from then on.';
revoke all on function overmind.messages_after_attaching() from public;

create or replace trigger messages_after_attaching
    after insert on public.messages
    for each row when (new.content_parts ->> 'type' = 'multimodal')
    execute function overmind.messages_after_attaching();

create or replace trigger messages_after_attaching_again
    after update of content_parts on public.messages
    for each row when (new.content_parts ->> 'type' = 'multimodal' and old.content_parts is distinct from new.content_parts)
    execute function overmind.messages_after_attaching();
