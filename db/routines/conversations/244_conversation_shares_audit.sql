-- Each minute of being read writes the row, and changes none of this.
create or replace trigger audit
    after insert or delete on public.conversation_shares
    for each row execute function overmind.audit_change('share', 'conversation_id,branch,expires_at');
create or replace trigger audit_update
    after update of expires_at, revoked_at on public.conversation_shares
    for each row
    when (old.expires_at is distinct from new.expires_at or old.revoked_at is distinct from new.revoked_at)
    execute function overmind.audit_change('share', 'conversation_id,branch,expires_at', 'revoked_at=revoked');
