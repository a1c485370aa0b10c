create or replace trigger audit
    after insert or delete on public.agent_datastores
    for each row execute function overmind.audit_change('agent_datastore', 'agent_id,datastore_id');
