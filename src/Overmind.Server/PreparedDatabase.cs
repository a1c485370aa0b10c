using Overmind.Postgres;

namespace Overmind.Server;

/// <summary>A database that is ready to serve; disposed after the server that uses it.</summary>
/// <param name="FirstRun">What the first of all starts made, null on every later one.</param>
public sealed record PreparedDatabase(OvermindDatabase Database, FirstRun? FirstRun) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
