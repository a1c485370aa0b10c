-- The names that Supabase gives to the claims. There the schema exists and belongs to somebody else, and is left as it is.
do $$
begin
    if exists (select from pg_catalog.pg_namespace where nspname = 'auth' and not pg_has_role(nspowner, 'usage')) then
        return;
    end if;

    create schema if not exists auth;
    comment on schema auth is 'The claims under the names that Supabase gives them.';
    grant usage on schema auth to anon, authenticated, service_role;

    create or replace function auth.uid() returns uuid
        language sql stable parallel safe
        return overmind.user_id();
    comment on function auth.uid() is 'The user of the current claims, or null.';

    create or replace function auth.org_id() returns uuid
        language sql stable parallel safe
        return overmind.org_id();
    comment on function auth.org_id() is 'The organization of the current claims, or null.';

    create or replace function auth.role() returns text
        language sql stable parallel safe
        return current_user::text;
    comment on function auth.role() is 'The database role that the statement runs as: anon, authenticated or service_role.';

    create or replace function auth.jwt() returns jsonb
        language sql stable parallel safe
        return coalesce(
            nullif(current_setting('request.jwt.claims', true), '')::jsonb,
            jsonb_strip_nulls(jsonb_build_object('sub', overmind.user_id(), 'org_id', overmind.org_id(), 'org_role', overmind.org_role())));
    comment on function auth.jwt() is 'The current claims: request.jwt.claims, else sub, org_id and org_role.';
exception
    when insufficient_privilege then null;
end
$$;
