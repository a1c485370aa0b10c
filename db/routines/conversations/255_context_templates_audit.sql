create or replace trigger audit_insert
    after insert on public.context_templates
    for each row execute function overmind.audit_change('context_template', 'name,description,version,segments,variables,use_cases,agent_types');
-- Each minute of being used writes the row, and changes none of this.
create or replace trigger audit
    after update of name, description, segments, variables, use_cases, agent_types, deleted_at or delete on public.context_templates
    for each row execute function overmind.audit_change(
        'context_template', 'name,description,version,segments,variables,use_cases,agent_types', 'deleted_at=deleted,!deleted_at=restored');
