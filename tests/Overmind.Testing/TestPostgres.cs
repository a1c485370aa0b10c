using Npgsql;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;
using Overmind.Postgres.Migrations;

namespace Overmind.Testing;

/// <summary>
/// The PostgreSQL of a test process, started when the first test asks for a database.
/// Register it once a test project with <c>[assembly: AssemblyFixture(typeof(TestPostgres))]</c> and take it in a test class's constructor.
/// </summary>
public sealed class TestPostgres : IAsyncDisposable
{
    const string Template = "overmind_template";

    readonly SemaphoreSlim starting = new(1);
    EmbeddedPostgres? server;
    string? folder;
    int databases;

    /// <summary>The running server.</summary>
    internal async Task<EmbeddedPostgres> ServerAsync()
    {
        if (server is not null)
            return server;
        await starting.WaitAsync();
        try
        {
            return server ??= await StartAsync();
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>A migrated database of its own. Takes about 100 ms.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var owner = await CreateDatabaseAsync(Template);
        return new TestDatabase(owner, await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = owner }));
    }

    /// <summary>A database without the schema, as the connection string of its owner <c>overmind_owner</c>.</summary>
    public Task<string> CreateEmptyDatabaseAsync() => CreateDatabaseAsync("template1");

    /// <summary>The superuser's connection string to the database that an owner's string names.</summary>
    public async Task<string> AsSuperuserAsync(string ownerConnectionString) => new NpgsqlConnectionStringBuilder((await ServerAsync()).SuperuserConnectionString)
    {
        Database = new NpgsqlConnectionStringBuilder(ownerConnectionString).Database,
    }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (server is null)
            return;
        NpgsqlConnection.ClearAllPools();
        await server.DisposeAsync();
        await EmbeddedPostgres.RemoveAsync(folder!);
        starting.Dispose();
    }

    async Task<EmbeddedPostgres> StartAsync()
    {
        await TemporaryFolder.RemoveStaleAsync();
        folder = TemporaryFolder.Create();
        var started = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Durable = false });
        await CreateAsync(started, Template, "template1");
        // A template can be copied while nobody is connected to it; the migrator does not pool.
        await new Migrator(Of(started, Template)).MigrateAsync();
        return started;
    }

    async Task<string> CreateDatabaseAsync(string template)
    {
        var running = await ServerAsync();
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await CreateAsync(running, name, template);
        return Of(running, name);
    }

    static async Task CreateAsync(EmbeddedPostgres running, string name, string template)
    {
        await using var connection = new NpgsqlConnection(running.SuperuserConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name} template {template} owner {EmbeddedPostgres.Owner}", connection);
        await command.ExecuteNonQueryAsync();
    }

    static string Of(EmbeddedPostgres running, string database) =>
        new NpgsqlConnectionStringBuilder(running.OwnerConnectionString) { Database = database }.ConnectionString;
}
