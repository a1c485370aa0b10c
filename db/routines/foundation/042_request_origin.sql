create or replace function overmind.request_origin(p_member text) returns text
    language sql stable parallel safe
    return nullif(current_setting('app.request_origin', true), '')::jsonb ->> p_member;
comment on function overmind.request_origin(text) is
    'Where what the transaction does came from (app.request_origin): ip, user_agent, request_id, api_key_id or is_scheduled; null where that is not known.';
