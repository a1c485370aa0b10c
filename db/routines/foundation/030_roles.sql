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
-- The owner may take each role, as in `set role authenticated`, to see what its holder sees.
do $$
begin
    if not (pg_has_role('anon', 'member') and pg_has_role('authenticated', 'member') and pg_has_role('service_role', 'member')) then
        execute format('grant anon, authenticated, service_role to %I', current_user);
    end if;
exception
    -- Another instance in the cluster does the same at the same time, or the roles are somebody else's to give.
    when insufficient_privilege or unique_violation or internal_error then null;
end
$$;
grant usage on schema overmind, public to anon, authenticated, service_role;
-- A request login sees whether the schema is that of its program.
grant select on overmind.migrations, overmind.routines to service_role;
