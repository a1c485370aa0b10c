-- Definer, as test_webhook. The event's id stays, so that a receiver who has it already knows it.
create or replace function overmind.resend_webhook(p_delivery_id uuid) returns uuid
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    made uuid := overmind.uuid_v7();
begin
    if overmind.org_role() = 'viewer' or not overmind.has_permission('webhooks.manage') then
        return null;
    end if;
    insert into public.webhook_deliveries (organization_id, id, endpoint_id, event_id, event_type, body, next_attempt_at)
    select d.organization_id, made, d.endpoint_id, d.event_id, d.event_type, d.body, clock_timestamp()
    from public.webhook_deliveries d
    where d.organization_id = overmind.org_id()
      and d.id = p_delivery_id;
    if not found then
        return null;
    end if;
    insert into public.jobs (organization_id, user_id, kind, payload, unique_key, max_attempts)
    values (overmind.org_id(), null, 'webhook.deliver', jsonb_build_object('delivery_id', made), made::text, 10);
    perform overmind.audit('webhook_delivery.resent', 'execute', 'webhook_delivery', p_delivery_id::text, 'success', p_new_values => jsonb_build_object('id', made));
    return made;
end
$$;
comment on function overmind.resend_webhook(uuid) is 'Sends what a delivery of the caller''s organization sent once more, as a delivery of its own; returns that one.';
revoke all on function overmind.resend_webhook(uuid) from public;
grant execute on function overmind.resend_webhook(uuid) to authenticated, service_role;
