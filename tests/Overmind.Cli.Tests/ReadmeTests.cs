using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Overmind.Testing;

namespace Overmind.Cli.Tests;

/// <summary>What README.md shows is what happens.</summary>
public sealed partial class ReadmeTests : IAsyncDisposable
{
    readonly TemporaryInstance instance = new();
    readonly string folder = Directory.CreateTempSubdirectory("overmind-tour-").FullName;
    readonly int port = FreePort();

    [Fact]
    public async Task The_tour_runs_as_it_is_written()
    {
        Arrange();
        var script = new StringBuilder("set -euo pipefail\n");
        foreach (Match block in Blocks().Matches(Tour()))
            script.AppendLine(block.Groups["info"].Value.Contains("first-terminal")
                ? $"rm -f first-terminal.log\n{block.Groups["code"].Value.Trim()} </dev/null >first-terminal.log 2>&1 &\nuntil grep -qs 'ready at' first-terminal.log; do kill -0 $!; sleep 0.1; done"
                : $"echo \"== block $((++n))\"\n{block.Groups["code"].Value}");
        var (exitCode, output) = await BashAsync(script.Insert(0, "n=0\n").ToString());

        exitCode.ShouldBe(0, output);
        output.ShouldContain("offline: answered by the built-in model");
        output.ShouldMatch("runs +9: 9 succeeded, 0 failed");
        output.ShouldContain("event: run.succeeded");
        // One question, nine of the file, one over HTTP.
        output.ShouldMatch(@"(?m)^11$");
        output.ShouldContain("Stopped the instance");
    }

    public async ValueTask DisposeAsync()
    {
        await OvermindProcess.RunAsync("down", "--data", instance.Data);
        Directory.Delete(folder, recursive: true);
        await instance.DisposeAsync();
    }

    // The tour's own ./overmind and samples, on a data folder and a port of the test.
    void Arrange()
    {
        var program = Path.Combine(folder, "overmind");
        File.WriteAllText(program, $"""
            #!/usr/bin/env bash
            verb=$1; shift
            [ "$verb" != up ] || set -- --port {port} "$@"
            exec "{Path.Combine(AppContext.BaseDirectory, "Overmind.Cli")}" "$verb" --data "{instance.Data}" "$@"

            """);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("samples"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, "samples", Path.GetRelativePath(Repository.PathOf("samples"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    string Tour()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        var start = readme.IndexOf("\n## A five-minute tour", StringComparison.Ordinal);
        return readme[start..readme.IndexOf("\n## ", start + 1, StringComparison.Ordinal)].Replace("8080", port.ToString(), StringComparison.Ordinal);
    }

    async Task<(int ExitCode, string Output)> BashAsync(string script)
    {
        var file = Path.Combine(folder, "tour.sh");
        await File.WriteAllTextAsync(file, $"exec 2>&1\n{script}");
        var start = new ProcessStartInfo("bash", [file]) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("OVERMIND_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return (bash.ExitCode, output);
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"^```sh(?<info>[^\n]*)\n(?<code>[^`]*)^```", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Blocks();
}
