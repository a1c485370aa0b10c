using System.Diagnostics;

namespace Overmind.Postgres.Embedded;

/// <summary>Runs a program to its end and keeps what it said.</summary>
static class Shell
{
    public sealed record Outcome(int ExitCode, string Output, string Error)
    {
        public bool Ok => ExitCode == 0;

        /// <summary>The last line that says something: programs end with the reason of their failure.</summary>
        public string LastLine => (Error + "\n" + Output).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .LastOrDefault() ?? $"exit code {ExitCode}";
    }

    public static async Task<Outcome> RunAsync(string program, IEnumerable<string> arguments, CancellationToken ct, string? input = null)
    {
        var start = Describe(program, arguments);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            if (input is not null)
                await process.StandardInput.WriteAsync(input.AsMemory(), ct);
            process.StandardInput.Close();
            await process.WaitForExitAsync(ct);
            return new Outcome(process.ExitCode, await output, await error);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return new Outcome(127, "", $"{program}: {missing.Message}");
        }
    }

    /// <summary>A start description with a predictable environment: C.UTF-8 messages and no PG* variable of the caller's shell.</summary>
    public static ProcessStartInfo Describe(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = "/" };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }
}
