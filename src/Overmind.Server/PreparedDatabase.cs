using Overmind.Postgres;

namespace Overmind.Server;

/// <summary>A database that is ready to serve; disposed after the server that uses it.</summary>
/// <param name="InstallationId">The same for all nodes of a database: its first organization. Cookies are named by it, so that installations on one host keep apart.</param>
/// <param name="FirstRun">What the first of all starts made, null on every later one.</param>
public sealed record PreparedDatabase(OvermindDatabase Database, Guid InstallationId, FirstRun? FirstRun) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
