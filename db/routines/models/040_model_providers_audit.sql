-- A new API key shows by its last characters, which are told; encrypting it anew with another key of the installation's changes nothing.
create or replace trigger audit
    after insert or update of key, base_url, secret_hint, settings, is_active, last_test_at, deleted_at or delete on public.model_providers
    for each row execute function overmind.audit_change(
        'model_provider', 'key,kind,base_url,secret_hint,settings,is_active,last_test_error',
        'deleted_at=deleted,!deleted_at=restored,secret_hint=key_changed,last_test_at=tested');
