-- Not for callers: an event is what has happened, and only what makes it happen may say so. The functions and triggers that call it run as the owner.
create or replace function overmind.send_webhooks(p_organization_id uuid, p_type text, p_data jsonb, p_endpoint_id uuid default null) returns void
    language plpgsql
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    event_id uuid := overmind.uuid_v7();
    endpoint record;
    delivery uuid;
begin
    for endpoint in
        select e.id
        from public.webhook_endpoints e
        where e.organization_id = p_organization_id
          and e.is_enabled
          and case when p_endpoint_id is null
              then e.event_types = '{}' or p_type = any (e.event_types)
              else e.id = p_endpoint_id
          end
    loop
        delivery := overmind.uuid_v7();
        insert into public.webhook_deliveries (organization_id, id, endpoint_id, event_id, event_type, body, next_attempt_at)
        values (
            p_organization_id,
            delivery,
            endpoint.id,
            event_id,
            p_type,
            json_build_object(
                'type', p_type,
                'timestamp', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'data', case when octet_length(p_data::text) <= 200000 then p_data
                    else jsonb_build_object('id', p_data -> 'id', 'object', p_data -> 'object', 'status', p_data -> 'status', 'truncated', true) end)::text,
            clock_timestamp());
        insert into public.jobs (organization_id, user_id, kind, payload, unique_key, max_attempts)
        values (p_organization_id, null, 'webhook.deliver', jsonb_build_object('delivery_id', delivery), delivery::text, 10);
    end loop;
end
$$;
comment on function overmind.send_webhooks(uuid, text, jsonb, uuid) is
    'Writes an event for the endpoints of an organization that want it, with a job each, in the transaction that makes it happen. p_endpoint_id: for that one alone.';
revoke all on function overmind.send_webhooks(uuid, text, jsonb, uuid) from public;
