using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Overmind.Testing;

namespace Overmind.Cli.Tests;

/// <summary>The commands of a page of the documentation, run one after another in a folder that has ./overmind and the samples, on an instance of the test's own.</summary>
sealed partial class GuideScript : IAsyncDisposable
{
    readonly TemporaryInstance instance = new();
    readonly string folder = Directory.CreateTempSubdirectory("overmind-guide-").FullName;
    readonly int port = FreePort();

    /// <summary>What is shown, standard error too.</summary>
    /// <param name="text">Its blocks of sh: those of <c>first-terminal</c> go to the background, and <c>mail</c> waits for one and has its token as <c>$TOKEN</c>.</param>
    public async Task<(int ExitCode, string Output)> RunAsync(string text)
    {
        Arrange();
        var script = new StringBuilder("set -euo pipefail\nn=0\n");
        foreach (Match block in Blocks().Matches(text.Replace("8080", port.ToString(), StringComparison.Ordinal)))
        {
            var (info, code) = (block.Groups["info"].Value.Trim(), block.Groups["code"].Value);
            if (info == "mail")
                script.AppendLine($"until TOKEN=$(cat \"{instance.Data}\"/outbox/*.eml 2>/dev/null | tr -d '\\r\\n=' | grep -o 'token\\(3D\\)\\?[a-z]*_[a-z0-9_]*' | head -n 1 | sed 's/^token\\(3D\\)\\?//'); do sleep 0.1; done");
            script.AppendLine(info == "first-terminal"
                ? $"rm -f first-terminal.log\n{code.Trim()} </dev/null >first-terminal.log 2>&1 &\nuntil grep -qs 'ready at' first-terminal.log; do kill -0 $!; sleep 0.1; done"
                : $"echo \"== block $((++n))\"\n{code}");
        }
        return await BashAsync(script.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await OvermindProcess.RunAsync("down", "--data", instance.Data);
        Directory.Delete(folder, recursive: true);
        await instance.DisposeAsync();
    }

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

    async Task<(int ExitCode, string Output)> BashAsync(string script)
    {
        var file = Path.Combine(folder, "guide.sh");
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
