using Overmind.Cli.Configuration;
using Overmind.Postgres.Embedded;

namespace Overmind.Cli.Instances;

/// <summary>
/// The database that belongs to a data folder, for a verb that needs it: the one that the setting <c>database_url</c> names, the running instance's,
/// or the folder's own cluster, which then runs until disposal.
/// </summary>
sealed class InstanceDatabase : IAsyncDisposable
{
    readonly EmbeddedPostgres? started;

    InstanceDatabase(string url, EmbeddedPostgres? started) => (Url, this.started) = (url, started);

    /// <summary>Npgsql connection string of a login that may migrate.</summary>
    public string Url { get; }

    /// <summary>The database that the configuration names as Npgsql connection string, null when it names none.</summary>
    public static string? Named(InstanceFolder folder) => EffectiveConfiguration.Read(null, folder).Checked().Database(Settings.Database);

    public static async Task<InstanceDatabase> OpenAsync(InstanceFolder folder, CancellationToken ct)
    {
        if (Named(folder) is { } named)
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
}
