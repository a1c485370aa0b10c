create or replace trigger audit
    after insert or update or delete on public.organizations
    for each row execute function overmind.audit_change(
        'organization',
        'name,slug,timezone,plan,status,suspension_reason,ends_at,monthly_query_limit,monthly_token_limit,max_users,enabled_features,experimental_features,settings',
        'deleted_at=deleted,!deleted_at=restored,suspended_at=suspended,cancelled_at=cancelled,!suspended_at=restored,!cancelled_at=resumed,settings=settings_changed');
