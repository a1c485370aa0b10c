create or replace view public.audit_log with (security_invoker = true) as
select
    l.organization_id,
    l.id,
    l.user_id as actor_id,
    l.event_type,
    l.action,
    l.resource_type,
    l.resource_id,
    l.status,
    l.old_values,
    l.new_values,
    d.ip_address,
    d.user_agent,
    l.created_at
from public.audit_logs l
left join public.audit_details d on d.id = l.id;
comment on view public.audit_log is 'The audit log with where each act came from, for admins.';
comment on column public.audit_log.organization_id is 'Tenant.';
comment on column public.audit_log.id is 'Identity: a UUIDv7.';
comment on column public.audit_log.actor_id is 'The member who did it.';
comment on column public.audit_log.event_type is 'What happened, as api_key.created.';
comment on column public.audit_log.action is 'create, read, update, delete, execute, login or logout.';
comment on column public.audit_log.resource_type is 'What it was done to.';
comment on column public.audit_log.resource_id is 'Which one.';
comment on column public.audit_log.status is 'success or failure.';
comment on column public.audit_log.old_values is 'What was changed, as it was.';
comment on column public.audit_log.new_values is 'The same as it is since.';
comment on column public.audit_log.ip_address is 'Where the request came from; null when it was erased.';
comment on column public.audit_log.user_agent is 'What sent it; null when it was erased.';
comment on column public.audit_log.created_at is 'When it was done.';
revoke all on public.audit_log from public, anon, authenticated, service_role;
grant select on public.audit_log to anon, authenticated, service_role;
