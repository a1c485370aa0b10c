using Overmind.Postgres;
using Overmind.Postgres.Embedded;

namespace Overmind.Cli.Instances;

/// <summary>
/// The database that belongs to a data folder, for a verb that needs it: the one OVERMIND_DATABASE_URL names, the running instance's,
/// or the folder's own cluster, which then runs until disposal.
/// </summary>
sealed class InstanceDatabase : IAsyncDisposable
{
    readonly EmbeddedPostgres? started;

    InstanceDatabase(string url, EmbeddedPostgres? started) => (Url, this.started) = (url, started);

    /// <summary>Npgsql connection string of a login that may migrate.</summary>
    public string Url { get; }

    /// <summary>The database OVERMIND_DATABASE_URL names as Npgsql connection string, null when it is not set.</summary>
    public static string? Named => Variable("OVERMIND_DATABASE_URL");

    /// <summary>The pooler OVERMIND_POOLED_DATABASE_URL names as Npgsql connection string, null when it is not set.</summary>
    public static string? NamedPooler => Variable("OVERMIND_POOLED_DATABASE_URL");

    public static async Task<InstanceDatabase> OpenAsync(InstanceFolder folder, CancellationToken ct)
    {
        if (Named is { } named)
            return new InstanceDatabase(named, null);
        return await FolderInUse.WaitAsync(folder, () => TryOpenAsync(folder, ct), ct);
    }

    /// <summary>Null while the instance starts, or another verb runs its cluster.</summary>
    static async Task<InstanceDatabase?> TryOpenAsync(InstanceFolder folder, CancellationToken ct)
    {
        if (folder.Running() is { } running)
            return running.DatabaseUrl is { } url ? new InstanceDatabase(url, null) : null;
        if (!Directory.Exists(Path.Combine(folder.Path, "postgres")))
            throw new CliException("no_instance", $"there is no instance in {folder.Path}", "make one with `overmind up`, or name its folder with --data");
        var postgres = await EmbeddedPostgres.TryStartAsync(new EmbeddedPostgresOptions { DataFolder = folder.Path, Log = Console.Error.WriteLine }, ct);
        return postgres is null ? null : new InstanceDatabase(postgres.OwnerConnectionString, postgres);
    }

    public ValueTask DisposeAsync() => started?.DisposeAsync() ?? ValueTask.CompletedTask;

    static string? Variable(string name)
    {
        if (Environment.GetEnvironmentVariable(name) is not { Length: > 0 } value)
            return null;
        try
        {
            return DatabaseUrl.ToConnectionString(value);
        }
        catch (FormatException wrong)
        {
            throw new CliException("bad_database_url", $"{name} is wrong: {wrong.Message}", "write it as postgres://user:password@host:5432/database");
        }
    }
}
