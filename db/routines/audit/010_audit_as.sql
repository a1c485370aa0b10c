-- Definer, because nobody may write the log by hand. For the service: acts of somebody who has no claims yet, as a sign-in.
create or replace function overmind.audit_as(
    p_organization_id uuid,
    p_user_id         uuid,
    p_event_type      text,
    p_action          text,
    p_resource_type   text,
    p_resource_id     text,
    p_status          text,
    p_old_values      jsonb default null,
    p_new_values      jsonb default null,
    p_metadata        jsonb default null,
    p_ip              inet default null,
    p_user_agent      text default null,
    p_request_id      text default null,
    p_api_key_id      uuid default null,
    p_personal        jsonb default null) returns uuid
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
declare
    v_id     uuid := overmind.uuid_v7();
    v_origin jsonb := nullif(current_setting('app.request_origin', true), '')::jsonb;
    v_ip     inet := coalesce(p_ip, (v_origin ->> 'ip')::inet);
    v_agent  text := left(coalesce(p_user_agent, v_origin ->> 'user_agent'), 500);
    v_salt   bytea;
    v_digest bytea;
begin
    if v_ip is not null or v_agent is not null or p_personal is not null then
        v_salt := uuid_send(gen_random_uuid());
        v_digest := sha256(v_salt || convert_to(jsonb_build_array(host(v_ip), v_agent, coalesce(p_personal, '{}'))::text, 'UTF8'));
        insert into public.audit_details (organization_id, id, ip_address, user_agent, personal, salt)
        values (p_organization_id, v_id, v_ip, v_agent, coalesce(p_personal, '{}'), v_salt);
    end if;
    insert into public.audit_logs (
        organization_id, id, user_id, api_key_id, event_type, action, resource_type, resource_id, status,
        old_values, new_values, metadata, request_id, details_digest)
    values (
        p_organization_id, v_id, p_user_id, coalesce(p_api_key_id, (v_origin ->> 'api_key_id')::uuid), p_event_type, p_action, p_resource_type,
        p_resource_id, p_status, p_old_values, p_new_values,
        -- Somebody with SQL access alone is known by their login.
        coalesce(p_metadata, '{}') || case when p_user_id is null then jsonb_build_object('login', session_user) else '{}' end,
        left(coalesce(p_request_id, v_origin ->> 'request_id'), 255), v_digest);
    return v_id;
end
$$;
comment on function overmind.audit_as(uuid, uuid, text, text, text, text, text, jsonb, jsonb, jsonb, inet, text, text, uuid, jsonb) is
    'Writes one act into the audit log, in the transaction of the act: of this organization and user, or of none. Where it came from is app.request_origin unless given.';
revoke all on function overmind.audit_as(uuid, uuid, text, text, text, text, text, jsonb, jsonb, jsonb, inet, text, text, uuid, jsonb) from public;
grant execute on function overmind.audit_as(uuid, uuid, text, text, text, text, text, jsonb, jsonb, jsonb, inet, text, text, uuid, jsonb) to service_role;
