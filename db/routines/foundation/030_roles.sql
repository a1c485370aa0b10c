-- Roles are shared by all databases of a cluster: those that exist (Supabase has them, so does a second instance) are used as they are.
do $$
declare
    role_name text;
begin
    foreach role_name in array array['anon', 'authenticated', 'service_role'] loop
        begin
            if not exists (select from pg_catalog.pg_roles where rolname = role_name) then
                execute format('create role %I nologin noinherit nobypassrls', role_name);
            end if;
        exception
            when duplicate_object or unique_violation then null;
        end;
    end loop;
end
$$;
grant usage on schema overmind, public to anon, authenticated, service_role;
-- A request login sees whether the schema is that of its program.
grant select on overmind.migrations, overmind.routines to service_role;
