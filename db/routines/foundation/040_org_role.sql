create or replace function overmind.org_role() returns text
    language sql stable parallel safe
    return coalesce(
        nullif(current_setting('app.current_org_role', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'org_role');
comment on function overmind.org_role() is 'admin, user or viewer: app.current_org_role, else org_role of request.jwt.claims, else null.';
