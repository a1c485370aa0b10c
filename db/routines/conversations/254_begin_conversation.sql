-- A conversation that has messages already was begun before, by the same request that comes again: nothing is written twice.
-- What moderation says is of each text: it stands for the transaction while that one is written.
create or replace function overmind.begin_conversation(p_conversation_id uuid, p_template_id uuid, p_messages jsonb) returns integer
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    message record;
    begun   integer := 0;
begin
    perform from public.conversations c
    where c.organization_id = overmind.org_id()
      and c.id = p_conversation_id
      and c.deleted_at is null
      and c.last_seq = 0
    for no key update;
    if not found then
        return 0;
    end if;
    for message in
        select m.message ->> 'role' as role, m.message ->> 'content' as content, (m.message ->> 'window_tokens')::integer as window_tokens,
            m.message ->> 'moderation' as moderation
        from jsonb_array_elements(p_messages) with ordinality as m (message, place)
        order by m.place
    loop
        perform set_config('app.moderation', coalesce(message.moderation, ''), true);
        insert into public.messages (conversation_id, role, content, window_tokens)
        values (p_conversation_id, message.role, message.content, message.window_tokens);
        begun := begun + 1;
    end loop;
    perform set_config('app.moderation', '', true);
    perform overmind.count_template_use(p_template_id);
    return begun;
end
$$;
comment on function overmind.begin_conversation(uuid, uuid, jsonb) is
    'Writes the first messages (role, content, window_tokens, moderation) of a conversation that began with a context template, and counts its use; returns how many. 0: it had messages already.';
revoke all on function overmind.begin_conversation(uuid, uuid, jsonb) from public;
grant execute on function overmind.begin_conversation(uuid, uuid, jsonb) to authenticated, service_role;
