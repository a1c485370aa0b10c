-- Reads the collection as the caller does: nobody links what they do not see.
create or replace function overmind.agent_datastores_before_insert() returns trigger
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    select d.user_id into new.user_id
    from public.datastores d
    where d.organization_id = new.organization_id
      and d.id = new.datastore_id;
    if not found then
        raise exception using
            errcode = 'foreign_key_violation',
            message = format('There is no datastore %s', new.datastore_id),
            table = 'agent_datastores',
            constraint = 'agent_datastores_datastore_fkey';
    end if;
    return new;
end
$$;
comment on function overmind.agent_datastores_before_insert() is 'Trigger: a link belongs to the owner of the collection.';

create or replace trigger agent_datastores_before_insert
    before insert or update of datastore_id on public.agent_datastores
    for each row execute function overmind.agent_datastores_before_insert();
