-- docs/audit.md defines it; `overmind audit verify` has its own of the same definition, so that it need not trust this one.
create or replace function overmind.audit_row_hash(l public.audit_logs) returns bytea
    language sql stable
    return sha256(convert_to(jsonb_build_array(
        'overmind.audit.1', l.id, l.organization_id, l.user_id, l.api_key_id, l.event_type, l.action, l.resource_type, l.resource_id, l.status,
        l.old_values, l.new_values, l.metadata, l.request_id, encode(l.details_digest, 'hex'), l.transaction_id::text,
        floor(extract(epoch from l.created_at) * 1000000)::bigint)::text, 'UTF8'));
comment on function overmind.audit_row_hash(public.audit_logs) is 'SHA-256 of a row of the audit log.';
revoke all on function overmind.audit_row_hash(public.audit_logs) from public;
