using Overmind.Testing;

namespace Overmind.Server.Tests;

/// <summary>The servers that all tests share, each with a database of its own in one PostgreSQL.</summary>
public sealed class ApiServers : IAsyncLifetime
{
    readonly TestPostgres postgres = new();

    /// <summary>Answers as fast as it can.</summary>
    public ApiServer Fast { get; private set; } = null!;

    /// <summary>Its model writes five tokens a second: a run lasts as long as a test wants it to.</summary>
    public ApiServer Slow { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Fast = await StartAsync();
        Slow = await StartAsync(offlineTokensPerSecond: 5);
    }

    /// <summary>The owner's connection string of a database with nothing in it.</summary>
    public Task<string> EmptyDatabaseAsync() => postgres.CreateEmptyDatabaseAsync();

    /// <summary>One of a test's own, to break.</summary>
    public async Task<ApiServer> StartAsync(
        double? offlineTokensPerSecond = null, int requestsPerMinute = 600_000, Func<OvermindServerOptions, OvermindServerOptions>? configure = null) =>
        await ApiServer.StartAsync(await postgres.CreateDatabaseAsync(), offlineTokensPerSecond, requestsPerMinute, configure);

    public async ValueTask DisposeAsync()
    {
        await Slow.DisposeAsync();
        await Fast.DisposeAsync();
        await postgres.DisposeAsync();
    }
}
