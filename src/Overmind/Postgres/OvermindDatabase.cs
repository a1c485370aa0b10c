using Npgsql;
using Overmind.Postgres.Migrations;

namespace Overmind.Postgres;

/// <summary>
/// A database that is ready to serve: checked, migrated when its owner is named, and opened with the request login.
/// The owner's connection is closed again; what runs from here on cannot bypass row-level security.
/// </summary>
public sealed class OvermindDatabase : IAsyncDisposable
{
    OvermindDatabase(NpgsqlDataSource requests, NpgsqlDataSource direct, bool spreads, MigrationReport migrated) =>
        (Requests, Direct, Database, Migrated) = (requests, direct, new Database(requests, spreads), migrated);

    /// <summary>The way from a store to the tables, over <see cref="Requests"/>.</summary>
    public Database Database { get; }

    /// <summary>Connections for requests, pooled; through the pooler when one is named.</summary>
    public NpgsqlDataSource Requests { get; }

    /// <summary>Connections for LISTEN and advisory locks: straight to the server, each a session of its own, closed when disposed.</summary>
    public NpgsqlDataSource Direct { get; }

    /// <summary>What opening the database changed in its schema.</summary>
    public MigrationReport Migrated { get; }

    /// <summary>Checks the database, brings it up to date and opens it.</summary>
    /// <exception cref="DatabaseSetupException">It lacks something; says what and what to do.</exception>
    /// <exception cref="MigrationException">The schema cannot be brought up to date.</exception>
    /// <exception cref="NpgsqlException">It cannot be reached.</exception>
    public static async Task<OvermindDatabase> OpenAsync(OvermindDatabaseOptions options, CancellationToken cancellationToken = default)
    {
        var named = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(named.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var facts = await CheckedFactsAsync(connection, cancellationToken);
        var migrated = await PrepareAsync(connection, options.ConnectionString, facts, cancellationToken);
        if (!facts.IsOwner)
            return Open(options, named.Username, named.Password, facts.HasCitus, migrated);
        var login = await RequestLogin.EnsureAsync(connection, facts, cancellationToken);
        return Open(options, login.Name, login.Password, facts.HasCitus, migrated);
    }

    /// <summary>Whether the schema is the one of this version; false while a newer or an older version migrates beside this one.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Requests.OpenConnectionAsync(cancellationToken);
        return (await ReadSchemaAsync(connection, cancellationToken)).IsCurrent;
    }

    /// <summary>
    /// Checks the database and brings its schema up to date, without opening it: for an owner who may not make logins, where requests
    /// are served by one that somebody else has made.
    /// </summary>
    /// <exception cref="DatabaseSetupException">It lacks something, or the login does not own the schema and the schema is not current.</exception>
    /// <exception cref="MigrationException">The schema cannot be brought up to date.</exception>
    public static async Task<MigrationReport> MigrateAsync(string connectionString, CancellationToken cancellationToken = default)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return await PrepareAsync(connection, connectionString, await CheckedFactsAsync(connection, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Requests.DisposeAsync();
        await Direct.DisposeAsync();
    }

    static async Task<ServerFacts> CheckedFactsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var facts = await ServerFacts.ReadAsync(connection, cancellationToken);
        DatabaseRequirements.Check(facts);
        return facts;
    }

    static async Task<MigrationReport> PrepareAsync(
        NpgsqlConnection connection, string connectionString, ServerFacts facts, CancellationToken cancellationToken)
    {
        if (facts.IsOwner)
            return await new Migrator(connectionString).MigrateAsync(cancellationToken);
        await CheckCurrentAsync(connection, facts, cancellationToken);
        return new MigrationReport([], []);
    }

    static OvermindDatabase Open(OvermindDatabaseOptions options, string? user, string? password, bool spreads, MigrationReport migrated)
    {
        var direct = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Username = user,
            Password = password,
            ApplicationName = "overmind",
            Pooling = false,
            // A connection that only listens notices a dead server by this.
            KeepAlive = 30,
        };
        return new OvermindDatabase(
            NpgsqlDataSource.Create(RequestConnectionString(options, user, password)), NpgsqlDataSource.Create(direct.ConnectionString), spreads, migrated);
    }

    static string RequestConnectionString(OvermindDatabaseOptions options, string? user, string? password)
    {
        if (options.PooledConnectionString is null)
            return new NpgsqlConnectionStringBuilder(options.ConnectionString)
            {
                Username = user,
                Password = password,
                ApplicationName = "overmind",
                MaxAutoPrepare = 100,
                AutoPrepareMinUsages = 3,
                // What a request sets ends with its transaction, so there is nothing to reset: seven statements less before each request
                // (reading one conversation: 37 µs instead of 59). A transaction that a failure left open is rolled back all the same.
                NoResetOnClose = true,
            }.ConnectionString;
        var pooled = new NpgsqlConnectionStringBuilder(options.PooledConnectionString)
        {
            ApplicationName = "overmind",
            // A statement prepared through a transaction pooler lands on another session, and so may claims that are reset there.
            MaxAutoPrepare = 0,
            NoResetOnClose = true,
        };
        if (string.IsNullOrEmpty(pooled.Username))
            (pooled.Username, pooled.Password) = (user, password);
        return pooled.ConnectionString;
    }

    static async Task CheckCurrentAsync(NpgsqlConnection connection, ServerFacts facts, CancellationToken cancellationToken)
    {
        var applied = await ReadSchemaAsync(connection, cancellationToken);
        applied.Verify();
        if (!applied.IsCurrent)
            throw new DatabaseSetupException(
                $"The schema of {facts.Database} is not that of this version of Overmind, and {facts.Login} may not migrate it.",
                "Run `overmind db migrate` with the schema's owner in OVERMIND_DATABASE_URL.");
    }

    static async Task<AppliedSchema> ReadSchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand("set local role service_role", connection))
            await command.ExecuteNonQueryAsync(cancellationToken);
        return await AppliedSchema.ReadAsync(connection, cancellationToken);
    }
}
