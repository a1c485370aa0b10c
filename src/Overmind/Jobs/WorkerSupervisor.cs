using System.Diagnostics;
using System.Globalization;

namespace Overmind.Jobs;

/// <summary>
/// Runs this program again as a child that works on jobs, and starts it anew when it ends: a handler that exits the process or floods memory
/// costs an attempt of its job and nothing else.
/// </summary>
sealed class WorkerSupervisor(WorkerSupervisorOptions options, TimeProvider time)
{
    // Not OVERMIND_…: those are settings.
    const string ChildVariable = "_OVERMIND_WORKER_CHILD";

    /// <summary>The exit code of a program that was used wrongly, and would be again.</summary>
    const int UsedWrongly = 2;

    static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>A process that lived so long did not fail at its start.</summary>
    static readonly TimeSpan Healthy = TimeSpan.FromMinutes(1);

    static readonly TimeSpan MemoryCheck = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether this process is the child, which does the work.</summary>
    public static bool IsChild => Environment.GetEnvironmentVariable(ChildVariable) is not null;

    /// <summary>Ends when this process's parent has: it holds the other end of standard input, and writes nothing.</summary>
    public static Task ParentEndedAsync() => Task.Run(async () =>
    {
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[1];
        while (await input.ReadAsync(buffer) > 0)
        {
        }
    });

    /// <summary>Watches children until it is stopped; returns the exit code for the parent.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var delay = options.FirstDelay;
        while (true)
        {
            var began = time.GetTimestamp();
            using var child = Process.Start(Child())!;
            var killed = await WatchAsync(child, stop);
            if (stop.IsCancellationRequested) return 0;
            if (child.ExitCode == UsedWrongly) return UsedWrongly;
            if (time.GetElapsedTime(began) >= Healthy) delay = options.FirstDelay;
            options.Log($"The worker process {child.Id} {(killed ? $"took more than {options.MemoryLimit} bytes and was killed" : $"ended with {child.ExitCode}")}; another starts in {delay.TotalSeconds} s");
            await Task.Delay(delay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return 0;
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    /// <summary>True when the child was killed for its memory.</summary>
    async Task<bool> WatchAsync(Process child, CancellationToken stop)
    {
        var ended = child.WaitForExitAsync(CancellationToken.None);
        var killed = false;
        while (!stop.IsCancellationRequested)
        {
            await Task.WhenAny(ended, Task.Delay(MemoryCheck, time, stop));
            if (ended.IsCompleted) return killed;
            if (options.MemoryLimit is not { } limit || Memory(child) <= limit) continue;
            killed = true;
            child.Kill();
        }

        // Closing its input asks it to end in order, whichever signal reached this process alone.
        child.StandardInput.Close();
        await ended.WaitAsync(options.StopTimeout, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ended.IsCompleted) child.Kill();
        await ended;
        return killed;
    }

    ProcessStartInfo Child()
    {
        var program = Environment.ProcessPath!;
        var arguments = Environment.GetCommandLineArgs();
        // `dotnet program.dll` is called by its host.
        var isHosted = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program, arguments.Skip(isHosted ? 0 : 1)) { UseShellExecute = false, RedirectStandardInput = true };
        start.Environment[ChildVariable] = "1";
        // Below the limit, so that the handler is told before the process is killed.
        if (options.MemoryLimit is { } limit) start.Environment["DOTNET_GCHeapHardLimit"] = (limit / 10 * 8).ToString("x", CultureInfo.InvariantCulture);
        return start;
    }

    static long Memory(Process child)
    {
        try
        {
            child.Refresh();
            return child.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}
