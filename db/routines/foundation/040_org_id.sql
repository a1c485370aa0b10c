create or replace function overmind.org_id() returns uuid
    language sql stable parallel safe
    return coalesce(
        nullif(current_setting('app.current_org_id', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'org_id')::uuid;
comment on function overmind.org_id() is 'The organization of the current claims: app.current_org_id, else org_id of request.jwt.claims, else null.';
