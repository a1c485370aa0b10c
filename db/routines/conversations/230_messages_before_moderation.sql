-- What local rules say comes with the transaction (app.moderation), so that no text is stored before it was looked at, whichever statement stores it.
create or replace function overmind.messages_before_moderation() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    verdict constant jsonb := nullif(current_setting('app.moderation', true), '')::jsonb;
begin
    if verdict is not null and (tg_op = 'UPDATE' or new.moderation_status is null) then
        new.moderation_status := verdict ->> 'status';
        new.moderation_flags := verdict -> 'flags';
        new.moderated_at := case when new.moderation_status <> 'pending' then clock_timestamp() end;
    elsif tg_op = 'UPDATE' and old.moderation_status = 'approved' then
        -- Another text than the one that was approved.
        new.moderation_status := null;
        new.moderated_at := null;
    end if;
    return new;
end
$$;
comment on function overmind.messages_before_moderation() is
    'Trigger: writes on a message what the rules of its organization say of its text (app.moderation of the transaction). A text that is changed without them is not approved any more.';

-- By its name before messages_before_insert, which counts in the window what is not blocked.
create or replace trigger before_moderation
    before insert on public.messages
    for each row when (nullif(current_setting('app.moderation', true), '') is not null)
    execute function overmind.messages_before_moderation();

create or replace trigger messages_before_moderation_again
    before update of content, content_parts on public.messages
    for each row when (old.content is distinct from new.content or old.content_parts is distinct from new.content_parts)
    execute function overmind.messages_before_moderation();
