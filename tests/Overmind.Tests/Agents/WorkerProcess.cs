using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

/// <summary>A worker in a process of its own, to be killed, stopped and woken.</summary>
public sealed class WorkerProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly ConcurrentQueue<string> _output = new();

    WorkerProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, e) => _output.Enqueue(e.Data ?? "");
        _process.ErrorDataReceived += (_, e) => _output.Enqueue(e.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public static WorkerProcess Start(TestDatabase database, double tokensPerSecond, double leaseSeconds, double heartbeatSeconds = 0.3) => Start(
        database.OwnerConnectionString,
        tokensPerSecond.ToString(CultureInfo.InvariantCulture),
        leaseSeconds.ToString(CultureInfo.InvariantCulture),
        heartbeatSeconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>A worker that can use an embedder besides the built-in one.</summary>
    public static WorkerProcess StartEmbedding(TestDatabase database, string embedder, Uri url) =>
        Start(database.OwnerConnectionString, "100000", "2", "0.3", embedder, url.AbsoluteUri);

    /// <summary>A worker that is watched by its parent, of jobs that end their process.</summary>
    public static WorkerProcess StartSupervised(TestDatabase database, int megabytes) =>
        Start("supervised", database.OwnerConnectionString, megabytes.ToString(CultureInfo.InvariantCulture));

    static WorkerProcess Start(params string[] arguments) => new(Process.Start(
        new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Overmind.CrashHost"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public Task StopAsync() => SendAsync("STOP");

    public Task WakeAsync() => SendAsync("CONT");

    /// <summary>SIGTERM, and its orderly end.</summary>
    public async Task EndAsync()
    {
        await SendAsync("TERM");
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Kills it, unless it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    async Task SendAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }
}
