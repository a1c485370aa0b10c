using System.Diagnostics;

namespace Overmind.Server.Tests.Documentation;

/// <summary>Runs what a page shows, with the address of a server and an admin's key where the page expects them.</summary>
static class Shell
{
    /// <summary>What it prints; it has to succeed, command by command.</summary>
    public static async Task<string> RunAsync(ApiServer server, string folder, string script)
    {
        // Some examples wait until something has happened.
        using var bash = Process.Start(new ProcessStartInfo("timeout", ["120", "bash", "-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["OVERMIND_URL"] = server.Url.ToString().TrimEnd('/'),
                ["OVERMIND_API_KEY"] = server.Admin.Key,
            },
        })!;
        var errors = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        bash.ExitCode.ShouldBe(0, output + await errors);
        return output;
    }
}
