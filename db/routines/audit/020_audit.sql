-- Definer, because nobody may write the log by hand. Whose act it was is what the claims say, and nothing that the caller gives.
create or replace function overmind.audit(
    p_event_type    text,
    p_action        text,
    p_resource_type text,
    p_resource_id   text,
    p_status        text,
    p_old_values    jsonb default null,
    p_new_values    jsonb default null,
    p_metadata      jsonb default null,
    p_ip            inet default null,
    p_user_agent    text default null,
    p_request_id    text default null,
    p_api_key_id    uuid default null,
    p_personal      jsonb default null) returns uuid
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if overmind.org_id() is null then
        raise exception 'overmind.audit: there is no organization in the claims' using errcode = 'insufficient_privilege';
    end if;
    return overmind.audit_as(
        overmind.org_id(), overmind.user_id(), p_event_type, p_action, p_resource_type, p_resource_id, p_status,
        p_old_values, p_new_values, p_metadata, p_ip, p_user_agent, p_request_id, p_api_key_id, p_personal);
end
$$;
comment on function overmind.audit(text, text, text, text, text, jsonb, jsonb, jsonb, inet, text, text, uuid, jsonb) is
    'Writes one act of the current claims into the audit log, in the transaction of the act.';
revoke all on function overmind.audit(text, text, text, text, text, jsonb, jsonb, jsonb, inet, text, text, uuid, jsonb) from public;
grant execute on function overmind.audit(text, text, text, text, text, jsonb, jsonb, jsonb, inet, text, text, uuid, jsonb) to authenticated, service_role;
