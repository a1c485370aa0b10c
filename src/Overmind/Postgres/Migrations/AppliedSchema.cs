using Npgsql;

namespace Overmind.Postgres.Migrations;

/// <summary>What a database says has been applied to it.</summary>
sealed class AppliedSchema
{
    readonly Dictionary<int, (string Name, string Checksum, DateTimeOffset At)> _migrations = [];
    readonly Dictionary<string, string> _routines = [];

    /// <summary>Reads it with one query; a database without our tables has nothing applied.</summary>
    public static async Task<AppliedSchema> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new AppliedSchema();
        try
        {
            await using var command = new NpgsqlCommand(
                """
                select version, name, checksum, applied_at from overmind.migrations
                union all
                select null, path, checksum, applied_at from overmind.routines
                """, connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                if (await reader.IsDBNullAsync(0, cancellationToken))
                    applied._routines.Add(reader.GetString(1), reader.GetString(2));
                else
                    applied._migrations.Add(reader.GetInt32(0), (reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }
        catch (PostgresException absent) when (absent.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
        }
        return applied;
    }

    /// <summary>The highest applied version; 0 for none.</summary>
    public int Version => _migrations.Keys.DefaultIfEmpty().Max();

    public DateTimeOffset? AppliedAt(Migration migration) => _migrations.TryGetValue(migration.Version, out var row) ? row.At : null;

    public IReadOnlyList<Migration> Pending => [.. SchemaSources.Migrations.Where(m => !_migrations.ContainsKey(m.Version))];

    public IReadOnlyList<Routine> ChangedRoutines => [.. SchemaSources.Routines.Where(r => _routines.GetValueOrDefault(r.Path) != r.Checksum)];

    /// <summary>Whether a routine stands in the database whose file is gone.</summary>
    public bool HasLeftovers => _routines.Keys.Except(SchemaSources.Routines.Select(r => r.Path)).Any();

    public bool IsCurrent => Pending.Count == 0 && ChangedRoutines.Count == 0 && !HasLeftovers;

    /// <summary>Refuses an applied migration whose file was edited, and a database that a newer version has migrated.</summary>
    public void Verify()
    {
        foreach (var (version, row) in _migrations.OrderBy(m => m.Key))
        {
            var known = SchemaSources.Migrations.FirstOrDefault(m => m.Version == version)
                ?? throw new MigrationException(
                    $"The database has the migration {row.Name}, which this version of Overmind does not know. Run the version that made it, or roll back with that version first.");
            if (known.Checksum != row.Checksum)
                throw new MigrationException(
                    $"The migration {known.Name} was edited after it had been applied to this database. Restore the file as it was and write the change as a new migration.");
        }
    }
}
