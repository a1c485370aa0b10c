-- Definer, because endpoints are the admins' and events happen in everybody's name. In the caller's organization alone.
-- In plpgsql, whose plans last as long as the session.
create or replace function overmind.emit_event(p_type text, p_data jsonb) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog, public, pg_temp
as $$
begin
    if overmind.org_id() is not null then
        perform overmind.send_webhooks(overmind.org_id(), p_type, p_data);
    end if;
end
$$;
comment on function overmind.emit_event(text, jsonb) is 'Tells the webhook endpoints of the caller''s organization what the same transaction makes happen.';
revoke all on function overmind.emit_event(text, jsonb) from public;
grant execute on function overmind.emit_event(text, jsonb) to service_role;
