-- Called after each create table; may be called again. Adds to the table what every tenant table has.
-- The tenant policy is restrictive: permissive policies are joined with OR, so one more of them would open the table.
create or replace function overmind.tenant_table(
    table_name   regclass,
    visibility   text default 'tenant',
    owner_column name default 'owner_id',
    distribute   boolean default true) returns void
    language plpgsql
    set search_path = pg_catalog, overmind
as $body$
declare
    has_visibility boolean := exists (
        select from pg_attribute where attrelid = table_name and attname = 'visibility' and not attisdropped);
    has_updated_at boolean := exists (
        select from pg_attribute where attrelid = table_name and attname = 'updated_at' and not attisdropped);
    visible text;
begin
    if visibility not in ('tenant', 'owner') then
        raise exception 'tenant_table(%): visibility is tenant or owner, not %', table_name, visibility;
    end if;
    if not exists (select from pg_attribute where attrelid = table_name and attname = 'organization_id' and not attisdropped) then
        raise exception 'tenant_table(%): the table has no organization_id', table_name;
    end if;

    execute format('alter table %s enable row level security', table_name);

    execute format('drop policy if exists tenant_isolation on %s', table_name);
    execute format($policy$
        create policy tenant_isolation on %s as restrictive for all to public
            using (organization_id = overmind.org_id())
            with check (organization_id = overmind.org_id() and overmind.org_role() is distinct from 'viewer')
        $policy$, table_name);

    execute format('drop policy if exists viewers_delete_nothing on %s', table_name);
    execute format($policy$
        create policy viewers_delete_nothing on %s as restrictive for delete to public
            using (overmind.org_role() is distinct from 'viewer')
        $policy$, table_name);

    visible := case
        when visibility = 'tenant' then 'true'
        when has_visibility then format(
            $$(%1$I = overmind.user_id() or visibility = 'organization' or overmind.org_role() = 'admin')$$, owner_column)
        else format($$(%1$I = overmind.user_id() or overmind.org_role() = 'admin')$$, owner_column)
    end;
    execute format('drop policy if exists visibility on %s', table_name);
    execute format(
        'create policy visibility on %1$s for all to anon, authenticated, service_role using (%2$s) with check (%2$s)',
        table_name, visible);

    execute format('revoke all on %s from public, anon', table_name);
    execute format('grant select on %s to anon', table_name);
    execute format('grant select, insert, update, delete on %s to authenticated, service_role', table_name);

    if has_updated_at then
        execute format('drop trigger if exists touch_updated_at on %s', table_name);
        execute format(
            'create trigger touch_updated_at before update on %s for each row execute function overmind.touch_updated_at()', table_name);
    end if;

    if distribute and exists (select from pg_extension where extname = 'citus') then
        if not exists (select from pg_catalog.pg_class c where c.oid = table_name and overmind.is_distributed(c.oid)) then
            execute format('select create_distributed_table(%L, %L)', table_name::text, 'organization_id');
        end if;
    end if;
end
$body$;
comment on function overmind.tenant_table(regclass, text, name, boolean) is
    'Gives a table what every tenant table has: row-level security, tenant and visibility policies, grants, updated_at, distribution on Citus.';
revoke all on function overmind.tenant_table(regclass, text, name, boolean) from public;
