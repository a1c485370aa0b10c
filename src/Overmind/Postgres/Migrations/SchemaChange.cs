using Npgsql;

namespace Overmind.Postgres.Migrations;

/// <summary>
/// Applies and undoes files under the migrator's lock. Foundation routines come before the migrations and stay;
/// the other routines come after them and are dropped first on the way down.
/// </summary>
sealed class SchemaChange(NpgsqlConnection connection, AppliedSchema applied)
{
    public async Task<MigrationReport> UpAsync(CancellationToken cancellationToken)
    {
        var pending = applied.Pending;
        var changed = applied.ChangedRoutines;
        await InTransactionAsync(() => ApplyFoundationAsync([.. changed.Where(r => r.IsFoundation)], cancellationToken), cancellationToken);
        await SetSearchPathAsync(cancellationToken);
        foreach (var migration in pending)
            await InTransactionAsync(() => ApplyAsync(migration, cancellationToken), cancellationToken);
        await InTransactionAsync(() => ApplyOthersAsync([.. changed.Where(r => !r.IsFoundation)], cancellationToken), cancellationToken);
        return new MigrationReport([.. pending.Select(m => m.Name)], [.. changed.Select(r => r.Path)]);
    }

    public async Task<MigrationReport> DownAsync(int version, CancellationToken cancellationToken)
    {
        var undone = SchemaSources.Migrations.Where(m => m.Version > version && applied.AppliedAt(m) is not null).OrderByDescending(m => m.Version).ToList();
        if (undone.Count == 0)
            return new MigrationReport([], []);
        await SetSearchPathAsync(cancellationToken);
        await InTransactionAsync(() => DropRoutinesAsync(cancellationToken), cancellationToken);
        foreach (var migration in undone)
            await InTransactionAsync(() => UndoAsync(migration, cancellationToken), cancellationToken);
        return new MigrationReport([.. undone.Select(m => m.Name)], []);
    }

    async Task ApplyAsync(Migration migration, CancellationToken cancellationToken)
    {
        await RunFileAsync(migration.Name, migration.Up, cancellationToken);
        await RunAsync(
            "insert into overmind.migrations (version, module, name, checksum) values ($1, $2, $3, $4)",
            cancellationToken, migration.Version, migration.Module, migration.Name, migration.Checksum);
    }

    async Task UndoAsync(Migration migration, CancellationToken cancellationToken)
    {
        await RunFileAsync(migration.Name + ".down", migration.Down, cancellationToken);
        await RunAsync("delete from overmind.migrations where version = $1", cancellationToken, migration.Version);
    }

    async Task ApplyFoundationAsync(IReadOnlyList<Routine> changed, CancellationToken cancellationToken)
    {
        if (changed.Count == 0)
            return;
        await ApplyAsync(changed, cancellationToken);
        await RecordAsync([.. SchemaSources.Routines.Where(r => r.IsFoundation)], cancellationToken);
    }

    /// <summary>
    /// Replaces the changed files in place. What <c>create or replace</c> cannot do (a view's columns, a function's arguments,
    /// a file that is gone) is done by dropping all routines and applying all again, in the same transaction.
    /// </summary>
    async Task ApplyOthersAsync(IReadOnlyList<Routine> changed, CancellationToken cancellationToken)
    {
        IReadOnlyList<Routine> others = [.. SchemaSources.Routines.Where(r => !r.IsFoundation)];
        await RunAsync("savepoint in_place", cancellationToken);
        if (applied.HasLeftovers || !await TryReplaceAsync(changed, cancellationToken))
        {
            await RunAsync("rollback to savepoint in_place", cancellationToken);
            await DropRoutinesAsync(cancellationToken);
            await ApplyAsync(others, cancellationToken);
        }
        await RecordAsync(others, cancellationToken);
        await RunFileAsync("after_migrating", SchemaSources.AfterMigrating, cancellationToken);
    }

    async Task<bool> TryReplaceAsync(IReadOnlyList<Routine> changed, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAsync(changed, cancellationToken);
            return !await HasOverloadsAsync(cancellationToken);
        }
        catch (MigrationException refused) when (refused.InnerException is PostgresException
        {
            SqlState: PostgresErrorCodes.InvalidTableDefinition or PostgresErrorCodes.InvalidFunctionDefinition
                or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.DependentObjectsStillExist,
        })
        {
            return false;
        }
    }

    async Task ApplyAsync(IReadOnlyList<Routine> routines, CancellationToken cancellationToken)
    {
        foreach (var routine in routines)
            await RunFileAsync(
                routine.Path,
                () => routine.IsRows ? ShippedRows.LoadAsync(connection, routine.Sql, cancellationToken) : RunAsync(routine.Sql, cancellationToken));
    }

    // Positions are of all files, also the unchanged ones: a file that came between moves those after it.
    Task RecordAsync(IReadOnlyList<Routine> routines, CancellationToken cancellationToken) => RunAsync(
        """
        insert into overmind.routines as r (path, checksum, drops, position)
        select * from unnest($1, $2, $3) with ordinality
        on conflict (path) do update
        set checksum = excluded.checksum,
            drops = excluded.drops,
            position = excluded.position,
            applied_at = case when r.checksum = excluded.checksum then r.applied_at else clock_timestamp() end
        """,
        cancellationToken,
        routines.Select(r => r.Path).ToArray(), routines.Select(r => r.Checksum).ToArray(), routines.Select(r => string.Join(";\n", r.Drops)).ToArray());

    // By what the database remembers, not by this program's files: those may be of another version.
    async Task DropRoutinesAsync(CancellationToken cancellationToken)
    {
        await using (var command = new NpgsqlCommand(
            "select string_agg(drops, E';\n' order by position desc) from overmind.routines where path not like 'foundation/%' and drops <> ''", connection))
            if (await command.ExecuteScalarAsync(cancellationToken) is string drops)
                await RunFileAsync("dropping the routines", drops, cancellationToken);
        await RunAsync("delete from overmind.routines where path not like 'foundation/%'", cancellationToken);
    }

    async Task<bool> HasOverloadsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select exists (
                select from pg_proc
                where pronamespace = 'overmind'::regnamespace
                group by proname
                having count(*) > 1)
            """, connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    // Tables go to public whatever the login's own path is; vector's types may stand in another schema (Supabase: extensions).
    Task SetSearchPathAsync(CancellationToken cancellationToken) => RunAsync(
        """
        select set_config('search_path', concat_ws(', ', 'public', string_agg(distinct quote_ident(n.nspname), ', ')), false)
        from pg_extension e
        join pg_namespace n on n.oid = e.extnamespace
        where e.extname in ('vector', 'btree_gin', 'btree_gist') and n.nspname <> 'public'
        """, cancellationToken);

    async Task InTransactionAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await work();
        await transaction.CommitAsync(cancellationToken);
    }

    Task RunFileAsync(string name, string sql, CancellationToken cancellationToken) =>
        RunFileAsync(name, () => RunAsync(sql, cancellationToken));

    static async Task RunFileAsync(string name, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (PostgresException failure)
        {
            throw new MigrationException($"{name} failed: {failure.MessageText} ({failure.SqlState})", failure);
        }
    }

    async Task RunAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
