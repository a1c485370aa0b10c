create or replace function overmind.user_id() returns uuid
    language sql stable parallel safe
    return coalesce(
        nullif(current_setting('app.current_user_id', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
comment on function overmind.user_id() is 'The user of the current claims: app.current_user_id, else sub of request.jwt.claims, else null.';
