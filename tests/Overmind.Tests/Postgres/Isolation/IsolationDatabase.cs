using Npgsql;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Postgres.Isolation;

/// <summary>Two organizations with rows of two persons each in every tenant table, and what the catalogue knows of the tables.</summary>
public sealed class IsolationDatabase(TestPostgres postgres) : IAsyncLifetime
{
    TestDatabase? _database;
    TestTenants? _tenants;

    public TestDatabase Database => _database!;

    public TestTenant First => _tenants!.First;

    public TestTenant Second => _tenants!.Second;

    /// <summary>Every table with a tenant, by name. A session is a person's, and names the organization they act in.</summary>
    public IReadOnlyList<string> TenantTables { get; private set; } = [];

    /// <summary>Those whose rows belong to a person; the column that says to whom.</summary>
    public IReadOnlyDictionary<string, string> Owners { get; private set; } = new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _tenants = await TestTenants.CreateAsync(Database);
        foreach (var person in (Claims[])[First.User, First.OtherUser, Second.User, Second.OtherUser])
        {
            await SampleRows.WriteAsync(Database, person);
            await Database.ExecuteAsync(
                "insert into sessions (user_id, organization_id, device_type, expires_at) values ($1, $2, 'web', now() + interval '1 hour')", person.UserId!.Value, person.OrganizationId!.Value);
        }
        // What an embedder leaves.
        await Database.ExecuteAsync("select overmind.register_embedding_model('builtin', 'glove-ngram-v1', 256, '1')");
        await Database.ExecuteAsync("select overmind.start_embedding_migration('p', 'm', 1, '1', 0)");
        await Database.ExecuteAsync("update embedding_models set created_at = '2020-01-01' where status = 'next'");
        await Database.ExecuteAsync(
            "insert into overmind.embedding_cache (organization_id, model, text_hash, embedding) values ($1, 'p/m', sha256('secret'), '[1]')", First.OrganizationId);
        // Some usage is summed up, some is not yet.
        await Database.ExecuteAsync("select overmind.fold_usage()");
        await Database.ExecuteAsync(
            """
            insert into token_usage (organization_id, user_id, provider, model, status, settled_at)
            select distinct organization_id, user_id, provider, model, status, settled_at
            from token_usage
            where status = 'settled'
            """);
        TenantTables = await ListAsync<string>(
            """
            select c.relname::text
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'sessions'
            order by c.relname
            """);
        Owners = (await ListAsync<string>(
            """
            select c.relname || ' ' || substring(pg_get_expr(p.polqual, p.polrelid) from '\((\w+) = \( SELECT overmind.user_id\(\)')
            from pg_policy p
            join pg_class c on c.oid = p.polrelid
            where p.polname = 'visibility' and pg_get_expr(p.polqual, p.polrelid) <> 'true'
            order by 1
            """)).Select(line => line.Split(' ')).ToDictionary(parts => parts[0], parts => parts[1]);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    /// <summary>The first column of each row, as the owner, who sees all.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql)
    {
        await using var command = Database.Owner.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }

    /// <summary>A column that members may change; the tenant's where they may change none.</summary>
    public async Task<string> UpdatableColumnAsync(string table) => (await ListAsync<string>(
        $"select column_name::text from information_schema.column_privileges where grantee = 'authenticated' and table_name = '{table}' and privilege_type = 'UPDATE' limit 1"))
        .FirstOrDefault("organization_id");

    /// <summary>One statement as a caller: how many rows it changed or returned, or the SQLSTATE by which it was refused.</summary>
    public async Task<string> TryAsync(Claims caller, string sql, params object?[] parameters)
    {
        try
        {
            await using var results = await Database.Database.SendAsync(caller, [new Statement(sql, parameters)], CancellationToken.None);
            return sql.StartsWith("select", StringComparison.Ordinal)
                ? (await results.FindAsync<long>()).ToString()
                : (await results.CompleteAsync()).ToString();
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }

    /// <summary>A row of an organization as a new one: another id, so that no key refuses it.</summary>
    public async Task<string> CopyOfAsync(string table, Guid organization)
    {
        var row = await Database.ScalarAsync<string>(
            $"select to_jsonb(t)::text from {table} t where organization_id = $1 order by created_at desc limit 1", organization);
        return await Database.ScalarAsync<string>(
            "select ($1::jsonb || jsonb_build_object('id', overmind.uuid_v7(), 'sequence_number', 1000, 'iteration', 77, 'step_key', '77/observe'))::text", row);
    }
}
