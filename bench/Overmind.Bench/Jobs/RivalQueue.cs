using System.Diagnostics;
using System.Text.Json;

namespace Overmind.Bench.Jobs;

/// <summary>A queue of Node.js, installed into the benchmark's folder, with its worker in a process of its own.</summary>
static class RivalQueue
{
    static readonly string[] Packages = ["graphile-worker@0.18.0", "pg-boss@12.38.0", "pg@8.23.1"];

    public static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        if (Directory.Exists(Path.Combine(folder, "node_modules", "pg-boss"))) return;
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"private": true}""", cancellationToken);
        await RunAsync("npm", ["install", "--no-audit", "--no-fund", "--save-exact", .. Packages], folder, null, cancellationToken);
    }

    /// <summary>The script prints what it measured as JSON: <c>jobs_per_second</c> and <c>enqueue_batched</c>.</summary>
    public static async Task<QueueFigures> RunAsync(string name, string script, string folder, string url, int jobs, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, script);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Jobs", "Rivals", script), path, overwrite: true);
        var output = await RunAsync("node", [path, url, $"{jobs}"], folder, "production", cancellationToken);
        var figures = JsonDocument.Parse(output.Trim().Split('\n')[^1]).RootElement;
        return new QueueFigures(name, figures.GetProperty("jobs_per_second").GetDouble(), figures.GetProperty("enqueue_batched").GetDouble());
    }

    static async Task<string> RunAsync(string program, string[] arguments, string folder, string? environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true };
        if (environment is not null) start.Environment["NODE_ENV"] = environment;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}: {output}");
    }
}
