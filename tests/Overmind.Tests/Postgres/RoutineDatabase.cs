using Npgsql;
using Overmind.Postgres;
using Overmind.Testing;

namespace Overmind.Tests.Postgres;

/// <summary>A database with two organizations, for the tests of one class of routines.</summary>
public sealed class RoutineDatabase(TestPostgres postgres) : IAsyncLifetime
{
    TestDatabase? _database;
    TestTenants? _tenants;

    public TestDatabase Owner => _database!;

    public Database Requests => Owner.Database;

    public TestTenant First => _tenants!.First;

    public TestTenant Second => _tenants!.Second;

    public Claims Me => First.User;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _tenants = await TestTenants.CreateAsync(_database);
    }

    public ValueTask DisposeAsync() => Owner.DisposeAsync();

    /// <summary>The first row of a statement.</summary>
    public async Task<T> OneAsync<T>(Claims caller, string sql, params object?[] parameters) =>
        (await Requests.FindAsync<T>(caller, sql, parameters, CancellationToken.None))!;

    /// <summary>How many rows a statement changed.</summary>
    public Task<int> DoAsync(Claims caller, string sql, params object?[] parameters) =>
        Requests.ExecuteAsync(caller, sql, parameters, CancellationToken.None);

    /// <summary>The SQLSTATE by which a statement is refused.</summary>
    public async Task<string> RefusedAsync(Claims caller, string sql, params object?[] parameters) =>
        (await Should.ThrowAsync<PostgresException>(DoAsync(caller, sql, parameters))).SqlState;

    public Task<Guid> ConversationAsync(Claims caller) => OneAsync<Guid>(caller, "insert into conversations default values returning id");

    public Task<Guid> ConversationAsync(Claims caller, string pruneStrategy) =>
        OneAsync<Guid>(caller, "insert into conversations (prune_strategy) values ($1) returning id", pruneStrategy);

    public Task<Guid> MessageAsync(Claims caller, Guid conversation, string content = "Hello", string role = "user") =>
        OneAsync<Guid>(caller, "insert into messages (conversation_id, role, content) values ($1, $2, $3) returning id", conversation, role, content);
}
