using Npgsql;

namespace Overmind.Postgres.Embedded;

/// <summary>The owner role and the database, made by the superuser when they are absent.</summary>
static class ClusterRoles
{
    public static async Task EnsureAsync(EmbeddedPostgres postgres, string ownerPassword, CancellationToken ct)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(postgres.SuperuserConnectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(ct);
        if (await ExistsAsync(connection, $"select from pg_database where datname = '{EmbeddedPostgres.Database}'", ct))
            return;
        await InstallVectorAsync(maintenance, ct);
        if (!await ExistsAsync(connection, $"select from pg_roles where rolname = '{EmbeddedPostgres.Owner}'", ct))
            await RunAsync(connection, $"create role {EmbeddedPostgres.Owner} login createrole password '{ownerPassword}'", ct);
        await RunAsync(connection, $"create database {EmbeddedPostgres.Database} owner {EmbeddedPostgres.Owner}", ct);
    }

    // pgvector is not marked as trusted: from template1 every database of this cluster has it.
    static async Task InstallVectorAsync(NpgsqlConnectionStringBuilder maintenance, CancellationToken ct)
    {
        var template = new NpgsqlConnectionStringBuilder(maintenance.ConnectionString) { Database = "template1" };
        await using var connection = new NpgsqlConnection(template.ConnectionString);
        await connection.OpenAsync(ct);
        await RunAsync(connection, "create extension if not exists vector", ct);
    }

    static async Task<bool> ExistsAsync(NpgsqlConnection connection, string query, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select exists ({query})", connection);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    static async Task RunAsync(NpgsqlConnection connection, string statement, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
