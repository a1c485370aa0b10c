using Overmind.Jobs;

namespace Overmind;

/// <summary>What the library needs to know inside a program of your own.</summary>
public sealed class OvermindOptions
{
    /// <summary>
    /// The database, as <c>postgres://</c> URL or Npgsql connection string; required. An owner brings the schema up to date and makes a
    /// request login for itself; a request login is used as it is.
    /// </summary>
    public string? DatabaseUrl { get; set; }

    /// <summary>The same database through a transaction pooler, for requests. Default: none.</summary>
    public string? PooledDatabaseUrl { get; set; }

    /// <summary>Whether this program works on jobs, runs among them. Without a worker somewhere, runs stay queued. Default: true.</summary>
    public bool RunWorker { get; set; } = true;

    /// <summary>How it works on them. Default: 8 jobs at a time, leases of 15 s.</summary>
    public JobWorkerOptions Worker { get; set; } = new();

    /// <summary>How fast the offline model writes, to watch it. Default: as fast as it can.</summary>
    public double? OfflineTokensPerSecond { get; set; }
}
