-- Called after each create table and after each added column; may be called again. Gives the table what every tenant table has.
--   tenant     every member of the organization sees the rows
--   owner      rows belong to a person: seen by them, by admins and, where visibility says so, by the organization
--   inherited  as owner, but owner and visibility are copied from a parent by a trigger
-- The tenant policy is restrictive: permissive policies are joined with OR, so one more of them would open the table.
-- Claims are read once a statement where a policy looks at rows that are there: `(select overmind.org_id())` runs before the first row, the
-- bare call for each (pgbench, a list of 20 among 1,000: 54 µs a statement, 73 with bare calls, 50 with predicates written by hand).
-- Citus takes no subquery in a policy; there, and for rows that are written one at a time, the call stands bare.
-- What a row is and whose it is cannot be changed: update is granted on all columns but tenant, id, owner and those in fixed.
-- An organization that is not active writes nothing (13 µs a statement on two busy cores), but for what must go on: calls that are under way are settled, keys are
-- ended, acts are audited, and what is settled is summed up.
create or replace function overmind.tenant_table(
    table_name   regclass,
    visibility   text default 'tenant',
    owner_column name default 'owner_id',
    distribute   boolean default true,
    fixed        name[] default '{}') returns void
    language plpgsql
    set search_path = pg_catalog, overmind, pg_temp
as $body$
declare
    columns        name[] := array(
        select attname from pg_attribute where attrelid = table_name and attnum > 0 and not attisdropped order by attnum);
    has_visibility boolean := 'visibility' = any (columns);
    visible        text := 'true';
    tenant         text := 'organization_id = overmind.org_id()';
    claim          text := case when exists (select from pg_extension where extname = 'citus') then '\1' else '(select \1)' end;
    deletable      text := $$overmind.org_role() is distinct from 'viewer'$$;
    changeable     text;
    guarded        text;
begin
    if visibility not in ('tenant', 'owner', 'inherited') then
        raise exception 'tenant_table(%): visibility is tenant, owner or inherited, not %', table_name, visibility;
    end if;
    if not 'organization_id' = any (columns) then
        raise exception 'tenant_table(%): the table has no organization_id', table_name;
    end if;

    fixed := fixed || array['organization_id', 'id']::name[];
    if visibility <> 'tenant' then
        fixed := fixed || owner_column;
        deletable := format(
            $$(overmind.org_role() = 'admin' or %I = overmind.user_id() and overmind.org_role() is distinct from 'viewer')$$, owner_column);
        visible := case when has_visibility
            then format($$(%I = overmind.user_id() or visibility = 'organization' or overmind.org_role() = 'admin')$$, owner_column)
            else format($$(%I = overmind.user_id() or overmind.org_role() = 'admin')$$, owner_column)
        end;
    end if;
    if visibility = 'inherited' then
        fixed := fixed || 'visibility'::name;
    end if;

    execute format('alter table %s enable row level security', table_name);

    execute format('drop policy if exists tenant_isolation on %s', table_name);
    execute format($policy$
        create policy tenant_isolation on %s as restrictive for all to public
            using (%s)
            with check (%s and overmind.org_role() is distinct from 'viewer')
        $policy$, table_name, regexp_replace(tenant, '(overmind\.\w+\(\))', claim, 'g'), tenant);

    execute format('drop policy if exists visibility on %s', table_name);
    execute format(
        'create policy visibility on %s for all to anon, authenticated, service_role using (%s) with check (%s)',
        table_name, regexp_replace(visible, '(overmind\.\w+\(\))', claim, 'g'), visible);

    execute format('drop policy if exists deletion on %s', table_name);
    execute format('create policy deletion on %s as restrictive for delete to public using (%s)', table_name, deletable);

    execute format('drop policy if exists own_name on %s', table_name);
    if visibility = 'owner' then
        execute format($policy$
            create policy own_name on %s as restrictive for insert to public
                with check (%I = overmind.user_id() or overmind.org_role() = 'admin')
            $policy$, table_name, owner_column);
    end if;

    select string_agg(quote_ident(name), ', ' order by place) into changeable
    from unnest(columns) with ordinality as c (name, place)
    where name <> all (fixed);
    execute format('revoke all on %s from public, anon, authenticated, service_role', table_name);
    execute format('grant select on %s to anon, authenticated, service_role', table_name);
    execute format('grant insert, update (%s), delete on %s to authenticated, service_role', changeable, table_name);

    if 'updated_at' = any (columns) then
        execute format(
            'create or replace trigger touch_updated_at before update on %s for each row execute function overmind.touch_updated_at()',
            table_name);
    end if;

    guarded := case
        when (select relname from pg_class where oid = table_name) ~ '^(audit|usage|budget)_' then null
        when (select relname from pg_class where oid = table_name) in ('api_keys', 'token_usage') then 'insert'
        else 'insert or update or delete'
    end;
    if guarded is not null then
        execute format(
            'create or replace trigger refuse_when_suspended before %s on %s for each statement execute function overmind.refuse_when_suspended()',
            guarded, table_name);
    end if;

    if distribute and exists (select from pg_extension where extname = 'citus') then
        if not overmind.is_distributed(table_name) then
            execute format('select create_distributed_table(%L, %L)', table_name::text, 'organization_id');
        end if;
    end if;
end
$body$;
comment on function overmind.tenant_table(regclass, text, name, boolean, name[]) is
    'Gives a table what every tenant table has: row-level security, its policies and grants, its guard when the organization is suspended, updated_at, distribution on Citus.';
revoke all on function overmind.tenant_table(regclass, text, name, boolean, name[]) from public;
