using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Postgres.Isolation;

/// <summary>Walks the catalogue, so that a table of tomorrow is in it.</summary>
public class TenantIsolationTests(IsolationDatabase data) : IClassFixture<IsolationDatabase>
{
    static readonly Claims Anonymous = Claims.None with { DatabaseRole = DatabaseRole.Anon };

    IEnumerable<Claims> Strangers =>
        [data.Second.User, data.Second.Admin, data.Second.Admin with { DatabaseRole = DatabaseRole.ServiceRole }, data.Second.Viewer];

    static IEnumerable<Claims> WithoutClaims => [Claims.None, Claims.Service, Anonymous];

    [Fact]
    public async Task Every_tenant_table_has_a_sample_row_in_both_organizations()
    {
        data.TenantTables.Except(SampleRows.Statements.Keys).ShouldBeEmpty("write a row of it in SampleRows");
        foreach (var table in data.TenantTables)
            (await data.Database.ScalarAsync<long>($"select count(distinct organization_id) from {table}")).ShouldBe(2, table);
    }

    [Fact]
    public async Task Another_organizations_rows_cannot_be_read_changed_or_deleted_on_a_reused_connection()
    {
        foreach (var table in data.TenantTables)
        {
            var before = await CountAsync(table);
            var column = await data.UpdatableColumnAsync(table);
            foreach (var stranger in Strangers.Concat(WithoutClaims))
            {
                // The same connection has just served a member.
                (await data.TryAsync(data.First.Admin, $"select count(*) from {table}")).ShouldNotBe("0", table);
                (await data.TryAsync(stranger, $"select count(*) from {table} where organization_id = $1", data.First.OrganizationId)).ShouldBe("0", table);
                Nothing(await data.TryAsync(stranger, $"update {table} set {column} = {column} where organization_id = $1", data.First.OrganizationId), table);
                Nothing(await data.TryAsync(stranger, $"delete from {table} where organization_id = $1", data.First.OrganizationId), table);
            }
            (await CountAsync(table)).ShouldBe(before, table);
        }
    }

    [Fact]
    public async Task The_requests_of_these_tests_share_connections()
    {
        var first = await data.TryAsync(data.First.User, "select pg_backend_pid()::bigint");
        (await data.TryAsync(data.Second.User, "select pg_backend_pid()::bigint")).ShouldBe(first);
    }

    [Fact]
    public async Task A_row_cannot_be_written_into_another_organization()
    {
        foreach (var table in data.TenantTables)
        {
            var before = await CountAsync(table);
            var copy = await data.CopyOfAsync(table, data.First.OrganizationId);
            foreach (var stranger in Strangers.Concat(WithoutClaims))
                (await data.TryAsync(stranger, Insert(table), copy)).ShouldBeOneOf(["42501", "23503"], table);
            (await CountAsync(table)).ShouldBe(before, table);
        }
    }

    [Fact]
    public async Task A_row_cannot_be_moved_to_another_organization()
    {
        foreach (var table in data.TenantTables)
            foreach (var member in (Claims[])[data.Second.User, data.Second.Admin])
                (await data.TryAsync(member, $"update {table} set organization_id = $1", data.First.OrganizationId)).ShouldBe("42501", table);
    }

    [Fact]
    public async Task No_claims_means_no_rows_and_no_error()
    {
        foreach (var relation in data.TenantTables.Concat(await ViewsAsync()).Concat(["organizations", "users"]))
            foreach (var caller in WithoutClaims)
                (await data.TryAsync(caller, $"select count(1) from {relation}")).ShouldBe("0", relation);
    }

    [Fact]
    public async Task Anonymous_callers_write_nothing()
    {
        foreach (var table in data.TenantTables)
            (await data.Database.ScalarAsync<bool>("select has_any_column_privilege('anon', $1, 'insert, update') or has_table_privilege('anon', $1, 'delete, truncate')", table))
                .ShouldBeFalse(table);
    }

    [Fact]
    public async Task Views_show_nothing_of_another_organization_and_take_no_writes_but_by_triggers()
    {
        foreach (var view in await ViewsAsync())
        {
            (await data.TryAsync(data.First.Admin, $"select count(*) from {view} where organization_id = $1", data.First.OrganizationId)).ShouldNotBe("0", view);
            foreach (var stranger in Strangers)
                (await data.TryAsync(stranger, $"select count(*) from {view} where organization_id = $1", data.First.OrganizationId)).ShouldBe("0", view);
            (await data.Database.ScalarAsync<bool>(
                "select bool_or(has_any_column_privilege(r, $1, 'insert, update') or has_table_privilege(r, $1, 'delete')) from unnest(array['anon', 'authenticated', 'service_role']::name[]) as r", view))
                .ShouldBe(await data.Database.ScalarAsync<bool>("select relhastriggers from pg_class where oid = $1::regclass", view), view);
        }
    }

    [Fact]
    public async Task Foreign_keys_cannot_cross_even_for_the_owner_of_the_tables()
    {
        var keys = await data.ListAsync<string[]>(
            """
            select array[k.conrelid::regclass::text, k.confrelid::regclass::text, c.attname::text, r.attname::text]
            from pg_constraint k
            cross join lateral generate_subscripts(k.conkey, 1) as i
            join pg_attribute c on c.attrelid = k.conrelid and c.attnum = k.conkey[i]
            join pg_attribute r on r.attrelid = k.confrelid and r.attnum = k.confkey[i]
            where k.contype = 'f'
              and k.connamespace = 'public'::regnamespace
              and k.conparentid = 0
              and k.confrelid not in ('organizations'::regclass, 'users'::regclass, 'subscription_tiers'::regclass, 'registry_providers'::regclass, 'model_registry'::regclass)
              and c.attname <> 'organization_id'
            """);
        keys.Count.ShouldBeGreaterThan(15);
        foreach (var (table, referenced, column, key) in keys.Select(k => (k[0], k[1], k[2], k[3])))
        {
            var update = $"update {table} set {column} = (select {key} from {referenced} where organization_id = $2 order by {key} desc limit 1) where ctid = (select ctid from {table} where organization_id = $1 limit 1)";
            var refused = await Should.ThrowAsync<Npgsql.PostgresException>(
                () => data.Database.ExecuteAsync(update, data.Second.OrganizationId, data.First.OrganizationId), $"{table}.{column}");
            refused.SqlState.ShouldBe("23503", $"{table}.{column}");
        }
    }

    [Fact]
    public async Task Every_foreign_key_between_tenant_tables_contains_the_tenant_on_both_sides() =>
        (await data.ListAsync<string>(
            """
            select k.conname::text
            from pg_constraint k
            where k.contype = 'f'
              and k.connamespace = 'public'::regnamespace
              and k.confrelid not in ('organizations'::regclass, 'users'::regclass, 'subscription_tiers'::regclass, 'registry_providers'::regclass, 'model_registry'::regclass)
              and not exists (
                  select
                  from generate_subscripts(k.conkey, 1) as i
                  join pg_attribute c on c.attrelid = k.conrelid and c.attnum = k.conkey[i] and c.attname = 'organization_id'
                  join pg_attribute r on r.attrelid = k.confrelid and r.attnum = k.confkey[i] and r.attname = 'organization_id')
            """)).ShouldBeEmpty();

    [Fact]
    public async Task Unique_keys_contain_the_tenant() =>
        (await data.ListAsync<string>(
            """
            select i.indexrelid::regclass::text
            from pg_index i
            join pg_class t on t.oid = i.indrelid
            where t.relnamespace = 'public'::regnamespace
              and i.indisunique
              and t.relname not in ('organizations', 'sessions', 'users', 'subscription_tiers', 'embedding_models', 'registry_providers', 'model_registry', 'model_aliases', 'model_match_rules', 'model_prices')
              and not exists (
                  select from pg_attribute a where a.attrelid = t.oid and a.attnum = any (i.indkey) and a.attname = 'organization_id')
            """)).ShouldBe(["audit_details_pkey", "audit_logs_pkey", "jobs_pkey", "schedules_installation_name_key", "schedules_pkey"], ignoreOrder: true);

    [Fact]
    public async Task Partitions_are_closed()
    {
        var partitions = await data.ListAsync<string>(
            "select format('%I.%I', relnamespace::regnamespace, relname) from pg_class where relispartition and relkind = 'r'");
        partitions.Count.ShouldBeGreaterThan(3);
        partitions.ShouldAllBe(name => name.StartsWith("partitions.", StringComparison.Ordinal));
        foreach (var partition in partitions)
            foreach (var role in Enum.GetValues<DatabaseRole>())
                (await data.TryAsync(data.First.Admin with { DatabaseRole = role }, $"select count(*) from {partition}")).ShouldBe("42501", partition);
    }

    Task<IReadOnlyList<string>> ViewsAsync() =>
        data.ListAsync<string>("select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') and not exists (select from pg_depend d where d.objid = pg_class.oid and d.deptype = 'e')");

    Task<long> CountAsync(string table) => data.Database.ScalarAsync<long>($"select count(*) from {table}");

    static string Insert(string table) => $"insert into {table} select * from jsonb_populate_record(null::{table}, $1::jsonb)";

    static void Nothing(string outcome, string table) => outcome.ShouldBeOneOf(["0", "42501"], table);
}
