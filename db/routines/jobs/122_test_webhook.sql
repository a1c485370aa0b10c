-- Definer, because jobs of no member and what was sent are written by nobody else. Only who manages webhooks, and only an endpoint of theirs.
create or replace function overmind.test_webhook(p_endpoint_id uuid) returns uuid
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_sent uuid;
begin
    if overmind.org_role() = 'viewer' or not overmind.has_permission('webhooks.manage') then
        return null;
    end if;
    perform overmind.send_webhooks(
        overmind.org_id(), 'webhook_endpoint.test', jsonb_build_object('id', p_endpoint_id, 'object', 'webhook_endpoint'), p_endpoint_id);
    select d.id into v_sent
    from public.webhook_deliveries d
    where d.organization_id = overmind.org_id()
      and d.endpoint_id = p_endpoint_id
    order by d.created_at desc, d.id desc
    limit 1;
    if v_sent is not null then
        perform overmind.audit('webhook_endpoint.tested', 'execute', 'webhook_endpoint', p_endpoint_id::text, 'success');
    end if;
    return v_sent;
end
$$;
comment on function overmind.test_webhook(uuid) is 'Sends an event of type webhook_endpoint.test to an enabled endpoint of the caller''s organization; returns the delivery.';
revoke all on function overmind.test_webhook(uuid) from public;
grant execute on function overmind.test_webhook(uuid) to authenticated, service_role;
