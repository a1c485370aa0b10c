create or replace trigger audit
    after insert or delete on public.invitations
    for each row execute function overmind.audit_change('invitation', 'role,invited_by,expires_at,status');
create or replace trigger audit_cancelled
    after update of status on public.invitations
    for each row
    when (old.status = 'pending' and new.status = 'cancelled')
    execute function overmind.audit_change('invitation', 'status', 'status=cancelled');
create or replace trigger audit_accepted
    after update of status on public.invitations
    for each row
    when (old.status = 'pending' and new.status = 'accepted')
    execute function overmind.audit_change('invitation', 'status,accepted_by', 'status=accepted');
