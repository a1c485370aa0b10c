-- System agents come with the product: that is nobody's act.
create or replace trigger audit_insert
    after insert on public.agent_configurations
    for each row when (new.created_by is not null)
    execute function overmind.audit_change(
        'agent', 'key,name,role,goal,backstory,output_format,output_schema,llm_provider,llm_model,temperature,max_tokens,allow_delegation,verbose,settings,is_active,is_public,origin_key');
create or replace trigger audit
    after update of key, name, role, goal, backstory, output_format, output_schema, llm_provider, llm_model, temperature, max_tokens, allow_delegation,
        "verbose", settings, is_active, is_public, deleted_at or delete on public.agent_configurations
    for each row execute function overmind.audit_change(
        'agent', 'key,name,role,goal,backstory,output_format,output_schema,llm_provider,llm_model,temperature,max_tokens,allow_delegation,verbose,settings,is_active,is_public,origin_key',
        'deleted_at=deleted,!deleted_at=restored,is_public=published,!is_public=withdrawn,is_active=activated,!is_active=deactivated');
