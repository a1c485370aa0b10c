-- An address may hold a secret behind its host. One that answers 410 is disabled by the installation, in nobody's name.
create or replace trigger audit
    after insert or delete on public.webhook_endpoints
    for each row execute function overmind.audit_change('webhook_endpoint', 'url:origin,description,event_types,is_enabled');
-- Each attempt to send writes the row, and most change none of this.
create or replace trigger audit_update
    after update of url, description, event_types, is_enabled, previous_secret_expires_at on public.webhook_endpoints
    for each row
    when (old.url is distinct from new.url or old.description is distinct from new.description or old.event_types is distinct from new.event_types
        or old.is_enabled is distinct from new.is_enabled or old.previous_secret_expires_at is distinct from new.previous_secret_expires_at)
    execute function overmind.audit_change(
        'webhook_endpoint', 'url:origin,description,event_types,is_enabled,disabled_reason',
        'is_enabled=enabled,!is_enabled=disabled,previous_secret_expires_at=secret_rotated');
