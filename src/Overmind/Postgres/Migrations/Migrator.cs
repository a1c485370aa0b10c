using Npgsql;

namespace Overmind.Postgres.Migrations;

/// <summary>
/// Brings a database to the schema of this program. Connects as the database's owner, unpooled and without a pooler between:
/// one session advisory lock lets many nodes start together, each migration is a transaction of its own.
/// </summary>
sealed class Migrator(string ownerConnectionString)
{
    // Of this database only: advisory locks are kept per database.
    const long LockKey = 0x6f766572_6d696e64;

    readonly string _connectionString = new NpgsqlConnectionStringBuilder(ownerConnectionString)
    {
        Pooling = false,
        CommandTimeout = 0,
        ApplicationName = "overmind migrator",
    }.ConnectionString;

    /// <summary>Applies what is pending. One query when that is nothing.</summary>
    /// <exception cref="MigrationException">An applied migration was edited, the database is newer than this program, or a file failed.</exception>
    public async Task<MigrationReport> MigrateAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var applied = await AppliedSchema.ReadAsync(connection, cancellationToken);
        applied.Verify();
        if (applied.IsCurrent)
            return new MigrationReport([], []);

        await LockAsync(connection, cancellationToken);
        applied = await AppliedSchema.ReadAsync(connection, cancellationToken);
        applied.Verify();
        return await new SchemaChange(connection, applied).UpAsync(cancellationToken);
    }

    /// <summary>Every migration this program knows, by version.</summary>
    public async Task<IReadOnlyList<MigrationStatus>> StatusAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var applied = await AppliedSchema.ReadAsync(connection, cancellationToken);
        applied.Verify();
        return [.. SchemaSources.Migrations.Select(m => new MigrationStatus(m.Version, m.Module, m.Name, applied.AppliedAt(m)))];
    }

    /// <summary>Undoes the migrations above <paramref name="version"/>, the newest first; the tables they made are dropped with their rows.</summary>
    /// <exception cref="MigrationException">As in <see cref="MigrateAsync"/>.</exception>
    public async Task<MigrationReport> RollbackAsync(int version, CancellationToken cancellationToken = default)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await LockAsync(connection, cancellationToken);
        var applied = await AppliedSchema.ReadAsync(connection, cancellationToken);
        applied.Verify();
        return await new SchemaChange(connection, applied).DownAsync(version, cancellationToken);
    }

    async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_lock($1)", connection) { Parameters = { new() { Value = LockKey } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
