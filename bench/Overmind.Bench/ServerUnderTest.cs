using System.Diagnostics;
using System.Text.Json;

namespace Overmind.Bench;

/// <summary>The product as <c>overmind up</c> starts it, in a process of its own, on a database of ours.</summary>
sealed class ServerUnderTest : IAsyncDisposable
{
    readonly Process _process;

    ServerUnderTest(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public int ProcessId => _process.Id;

    /// <param name="runs">That it works on at a time.</param>
    public static async Task<ServerUnderTest> StartAsync(string dataFolder, string databaseUrl, CancellationToken cancellationToken, int runs = 8)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Overmind.Cli"), ["up", "--data", dataFolder, "--port", "0", "--format", "json"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["OVERMIND_DATABASE_URL"] = databaseUrl,
                // One key makes all requests here. Counted and told like any other, but never refused.
                ["OVERMIND_REQUESTS_PER_MINUTE"] = "100000000",
                ["OVERMIND_WORKER_CONCURRENCY"] = $"{runs}",
            },
        };
        var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var ready = await process.StandardOutput.ReadLineAsync(cancellationToken);
        if (ready is null)
            throw new InvalidOperationException($"The server did not start: {(await complaints).Trim()}");
        using var line = JsonDocument.Parse(ready);
        return new ServerUnderTest(process, new Uri(line.RootElement.GetProperty("url").GetString()!));
    }

    public async ValueTask DisposeAsync()
    {
        using (var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString()]))
            await terminate.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
