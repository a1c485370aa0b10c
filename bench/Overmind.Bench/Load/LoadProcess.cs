using System.Diagnostics;
using System.Text.Json;

namespace Overmind.Bench.Load;

/// <summary>Runs the load generator in a process of its own, so that its garbage and threads are not the measured server's or ours.</summary>
static class LoadProcess
{
    /// <summary>The hidden verb by which this program runs as load generator: plan on standard input, result on standard output.</summary>
    public const string Verb = "load";

    public static async Task<LoadResult> RunAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. OwnAssembly.Arguments, Verb])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        await JsonSerializer.SerializeAsync(process.StandardInput.BaseStream, plan, cancellationToken: cancellationToken);
        process.StandardInput.Close();
        var result = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<LoadResult>(result)!
            : throw new InvalidOperationException($"The load generator ended with exit code {process.ExitCode}.");
    }

    public static int Serve()
    {
        var plan = JsonSerializer.Deserialize<LoadPlan>(Console.OpenStandardInput())!;
        Console.Out.Write(JsonSerializer.Serialize(LoadGenerator.Run(plan)));
        return 0;
    }
}
