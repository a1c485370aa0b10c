using Overmind.Testing;

namespace Overmind.Tests.Postgres.Isolation;

/// <summary>What every table and view must be like, asked of the catalogue.</summary>
public class ConventionTests(IsolationDatabase data) : IClassFixture<IsolationDatabase>
{
    /// <summary>What no organization owns: people, and what is the same for all.</summary>
    static readonly string[] Shared =
    [
        "embedding_models", "model_aliases", "model_match_rules", "model_prices", "model_registry", "organizations", "registry_providers", "sessions", "subscription_tiers", "users",
    ];

    [Fact]
    public async Task Every_table_is_a_tenants_or_one_of_those_that_all_share() =>
        (await data.ListAsync<string>("select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1"))
            .Except(data.TenantTables).ShouldBe(Shared);

    [Fact]
    public async Task Every_tenant_table_went_through_tenant_table()
    {
        foreach (var table in data.TenantTables.Concat(Shared))
            (await data.Database.ScalarAsync<bool>("select relrowsecurity and not relforcerowsecurity from pg_class where oid = $1::regclass", $"public.{table}")).ShouldBeTrue(table);
        foreach (var table in data.TenantTables)
        {
            (await Policies(table, "polname = 'tenant_isolation'")).ShouldBe(
                ["restrictive * {0} (organization_id = ( SELECT overmind.org_id() AS org_id)) ((organization_id = overmind.org_id()) AND (overmind.org_role() IS DISTINCT FROM 'viewer'::text))"], table);
            (await Policies(table, "polname = 'deletion' and not polpermissive and polcmd = 'd'")).Count.ShouldBe(1, table);
            (await Policies(table, "polpermissive")).ShouldHaveSingleItem(table).ShouldStartWith("permissive *");
            (await data.Database.ScalarAsync<bool>(
                """
                select bool_or(has_column_privilege(r, $1, 'organization_id', 'update') or has_table_privilege(r, $1, 'truncate, references, trigger'))
                from unnest(array['anon', 'authenticated', 'service_role']::name[]) as r
                """, table)).ShouldBeFalse(table);
        }
    }

    [Fact]
    public async Task A_table_with_updated_at_has_its_trigger() =>
        (await data.ListAsync<string>(
            """
            select c.relname::text
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'updated_at'
            where c.relnamespace = 'public'::regnamespace
              and c.relkind in ('r', 'p')
              and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'touch_updated_at')
            """)).ShouldBeEmpty();

    [Fact]
    public async Task Policies_read_claims_and_their_own_row_alone() =>
        (await data.ListAsync<string>(
            """
            select polname || ' on ' || polrelid::regclass
            from pg_policy
            where regexp_replace(
                coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), ''),
                '\( SELECT overmind\.(org_id|user_id|org_role)\(\) AS \w+\)', '', 'g') ~* 'select'
            """)).ShouldBeEmpty();

    [Fact]
    public async Task Every_view_is_its_invokers() =>
        (await data.ListAsync<string>(
            """
            select oid::regclass::text
            from pg_class
            where relnamespace in ('public'::regnamespace, 'overmind'::regnamespace)
              and relkind in ('v', 'm')
              and not exists (select from pg_depend d where d.objid = pg_class.oid and d.deptype = 'e')
              and not coalesce('security_invoker=true' = any (reloptions), false)
            """)).ShouldBeEmpty();

    [Fact]
    public async Task Tables_of_the_schema_overmind_are_closed_but_for_the_record_of_what_was_applied() =>
        (await data.ListAsync<string>(
            """
            select c.relname || ' ' || r
            from pg_class c
            cross join unnest(array['anon', 'authenticated', 'service_role']::name[]) as r
            where c.relnamespace = 'overmind'::regnamespace
              and c.relkind in ('r', 'p', 'v', 'S')
              and has_table_privilege(r, c.oid, 'select, insert, update, delete')
            order by 1
            """)).ShouldBe(["migrations service_role", "routines service_role"]);

    [Fact]
    public async Task Everything_has_a_comment() =>
        (await data.ListAsync<string>(
            """
            with ours as (select oid from pg_namespace where nspname in ('public', 'overmind', 'auth'))
            select 'relation ' || c.oid::regclass
            from pg_class c
            where c.relnamespace in (select oid from ours) and c.relkind in ('r', 'p', 'v', 'm')
              and obj_description(c.oid, 'pg_class') is null
              and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            union all
            select 'column ' || c.oid::regclass || '.' || a.attname
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace in (select oid from ours) and c.relkind in ('r', 'p', 'v', 'm')
              and col_description(c.oid, a.attnum) is null
              and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            union all
            select 'function ' || p.oid::regprocedure
            from pg_proc p
            where p.pronamespace in (select oid from ours)
              and obj_description(p.oid, 'pg_proc') is null
              and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
            """)).ShouldBeEmpty();

    [Fact]
    public async Task Constraints_and_indexes_are_named_after_their_table() =>
        (await data.ListAsync<string>(
            """
            select c.conname::text
            from pg_constraint c
            join pg_class t on t.oid = c.conrelid
            where c.connamespace in ('public'::regnamespace, 'overmind'::regnamespace) and c.contype in ('c', 'f', 'u', 'p')
              and c.conname not like t.relname || '\_%'
            """)).ShouldBeEmpty();

    [Fact]
    public void Every_migration_says_its_lock_and_its_cost()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("db", "migrations"), "*.sql").Where(f => !f.EndsWith(".down.sql", StringComparison.Ordinal)))
            File.ReadLines(file).First().ShouldMatch(@"^-- Lock: .+ Cost: .+$", Path.GetFileName(file));
    }

    Task<IReadOnlyList<string>> Policies(string table, string condition) => data.ListAsync<string>(
        $"""
        select case when polpermissive then 'permissive ' else 'restrictive ' end || polcmd::text || ' ' || polroles::text
            || ' ' || coalesce(pg_get_expr(polqual, polrelid), '') || ' ' || coalesce(pg_get_expr(polwithcheck, polrelid), '')
        from pg_policy
        where polrelid = '{table}'::regclass and {condition}
        """);
}
