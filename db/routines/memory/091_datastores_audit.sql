create or replace trigger audit
    after insert or update or delete on public.datastores
    for each row execute function overmind.audit_change('datastore', 'user_id,visibility,name');
