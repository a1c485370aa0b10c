create or replace trigger audit
    after update of name, settings on public.organizations
    for each row execute function overmind.audit_change('organization', 'name,settings', 'settings=settings_changed');
