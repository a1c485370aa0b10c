-- Reads project, message, conversation and collection as the caller does: nobody remembers for, or in the name of, what they do not see.
create or replace function overmind.memories_before_owning() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_missing text;
begin
    new.owner_id := case new.owner_type
        when 'agent' then new.agent_id
        when 'project' then new.project_id
        when 'organization' then new.organization_id
        else new.user_id
    end;
    if new.owner_type = 'organization' then
        new.visibility := 'organization';
    end if;
    if new.project_id is not null then
        select p.visibility into new.visibility
        from public.projects p
        where p.organization_id = new.organization_id
          and p.id = new.project_id;
        v_missing := case when not found then 'project' end;
    end if;
    if new.source_message_id is not null and (tg_op = 'INSERT' or new.source_message_id is distinct from old.source_message_id) then
        select m.conversation_id, m.branch into new.source_conversation_id, new.source_branch
        from public.messages m
        where m.organization_id = new.organization_id
          and m.id = new.source_message_id;
        v_missing := case when not found then 'source_message' else v_missing end;
    elsif new.source_conversation_id is not null and (tg_op = 'INSERT' or new.source_conversation_id is distinct from old.source_conversation_id) and not exists (
        select from public.conversations c
        where c.organization_id = new.organization_id
          and c.id = new.source_conversation_id)
    then
        v_missing := 'source_conversation';
    end if;
    if new.superseded_by is not null and (tg_op = 'INSERT' or new.superseded_by is distinct from old.superseded_by) and not exists (
        select from public.memories m
        where m.organization_id = new.organization_id
          and m.id = new.superseded_by)
    then
        v_missing := 'superseded_by';
    end if;
    if new.agent_id is not null and not exists (
        select from public.agent_configurations a
        where a.organization_id = new.organization_id
          and a.id = new.agent_id)
    then
        v_missing := 'agent';
    end if;
    if new.datastore_id is not null and (tg_op = 'INSERT' or new.datastore_id is distinct from old.datastore_id) and not exists (
        select from public.datastores d
        where d.organization_id = new.organization_id
          and d.id = new.datastore_id)
    then
        v_missing := 'datastore';
    end if;
    if v_missing is not null then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no such %s', replace(v_missing, '_', ' ')),
            table = 'memories',
            constraint = format('memories_%s_fkey', v_missing);
    end if;
    new.visibility := coalesce(new.visibility, 'private');
    new.source := coalesce(new.source, case when new.source_message_id is not null then 'message' else 'user' end);
    if tg_op = 'INSERT' and new.source = 'message' and new.source_message_id is null then
        raise exception using
            errcode = 'check_violation',
            message = 'A memory that comes from a message names it',
            table = 'memories',
            constraint = 'memories_source_message_named';
    end if;
    if new.superseded_by is not null then
        new.valid_until := coalesce(new.valid_until, greatest(new.valid_from, clock_timestamp()));
    end if;
    return new;
end
$$;
comment on function overmind.memories_before_owning() is
    'Trigger: whose a memory is, who sees it and where it comes from. What supersedes it ends it.';

create or replace trigger memories_before_owning
    before insert or update of user_id, visibility, agent_id, project_id, source_conversation_id, source_message_id, superseded_by, datastore_id on public.memories
    for each row execute function overmind.memories_before_owning();
