create or replace function overmind.digest_messages(p_conversation_id uuid, p_ids uuid[]) returns text
    language sql stable
    set search_path = pg_catalog, public, pg_temp
as $$
    select encode(sha256(convert_to(string_agg(m.id || ':' || m.content, E'\n' order by m.seq), 'UTF8')), 'hex')
    from public.messages m
    where m.organization_id = overmind.org_id()
      and m.conversation_id = p_conversation_id
      and m.id = any (p_ids)
      and m.deleted_at is null
      and m.moderation_status is distinct from 'blocked'
$$;
comment on function overmind.digest_messages(uuid, uuid[]) is 'What messages say, as SHA-256: another when one of them is deleted, blocked or says something else. Null: there are none.';
revoke all on function overmind.digest_messages(uuid, uuid[]) from public;
grant execute on function overmind.digest_messages(uuid, uuid[]) to authenticated, service_role;
