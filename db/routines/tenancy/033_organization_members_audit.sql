create or replace trigger audit
    after insert on public.organization_members
    for each row execute function overmind.audit_change('member', 'user_id,role');
create or replace trigger audit_changes
    after update of role, permissions, left_at on public.organization_members
    for each row execute function overmind.audit_change('member', 'user_id,role,permissions,left_at', 'left_at=removed,!left_at=joined');
