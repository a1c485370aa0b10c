using Overmind.Postgres.Embedded;

namespace Overmind.Testing;

/// <summary>A data folder for one test run. A run that crashed leaves its folder and its server; the next run takes both away.</summary>
public static class TemporaryFolder
{
    const string Prefix = "overmind-test-";

    // A run that starts beside this one has not locked its folder yet.
    static readonly TimeSpan JustMade = TimeSpan.FromSeconds(10);

    /// <summary>An empty folder below the system's temporary one.</summary>
    public static string Create() => Directory.CreateTempSubdirectory(Prefix).FullName;

    /// <summary>Ends the servers of dead test runs and removes their folders.</summary>
    public static async Task RemoveStaleAsync()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
            if (Directory.GetCreationTimeUtc(folder) < TimeProvider.System.GetUtcNow().UtcDateTime - JustMade)
                await EmbeddedPostgres.RemoveAsync(folder);
    }
}
