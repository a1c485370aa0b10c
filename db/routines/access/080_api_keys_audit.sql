create or replace trigger audit
    after insert or update of name, scopes, is_active, expires_at, revoked_at, rotated_at or delete on public.api_keys
    for each row execute function overmind.audit_change('api_key', 'name,key_prefix,scopes,user_id,is_active,expires_at,replaces', 'revoked_at=revoked,rotated_at=rotated');
