-- Definer, because a job of the organization is not the author's. In the transaction that stores the message: what is pending is always asked about.
create or replace function overmind.messages_after_pending() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    insert into public.jobs (organization_id, user_id, kind, payload, unique_key, max_attempts)
    values (new.organization_id, null, 'message.moderate', jsonb_build_object('message_id', new.id), new.id::text, 5)
    on conflict (organization_id, kind, unique_key) where unique_key is not null and completed_at is null do nothing;
    return null;
end
$$;
comment on function overmind.messages_after_pending() is 'Trigger: lets a job ask the organization''s hook about a message that is pending.';
revoke all on function overmind.messages_after_pending() from public;

create or replace trigger messages_after_pending
    after insert on public.messages
    for each row when (new.moderation_status = 'pending')
    execute function overmind.messages_after_pending();

create or replace trigger messages_after_pending_again
    after update on public.messages
    for each row when (new.moderation_status = 'pending' and (old.moderation_status is distinct from 'pending' or old.content <> new.content))
    execute function overmind.messages_after_pending();
