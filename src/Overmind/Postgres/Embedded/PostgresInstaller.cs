using System.Diagnostics;
using System.Reflection;

namespace Overmind.Postgres.Embedded;

/// <summary>Brings PostgreSQL and pgvector onto a Debian or Ubuntu machine through its own package manager.</summary>
static class PostgresInstaller
{
    /// <summary>
    /// Returns the highest usable installation, after installing what lacks. Needs root or sudo for that; takes about a minute
    /// and reports each step to <paramref name="log"/>. Two installers wait for one another.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">Nothing usable is there and it could not be installed.</exception>
    public static async Task<PostgresInstallation> EnsureAsync(Action<string> log, CancellationToken ct = default)
    {
        if (await PostgresInstallation.FindUsableAsync(ct) is { } present)
            return present;
        log("PostgreSQL 15 or later with pgvector 0.8 or later is not on this machine");
        await InstallAsync(log, ct);
        return await PostgresInstallation.FindUsableAsync(ct) ?? throw Failed("it was installed but is not found", "run `overmind doctor`");
    }

    static async Task InstallAsync(Action<string> log, CancellationToken ct)
    {
        if (!File.Exists("/usr/bin/apt-get"))
            throw Failed("there is no apt-get here", "install PostgreSQL and pgvector with this system's package manager");
        var folder = Directory.CreateTempSubdirectory("overmind-install-").FullName;
        var script = Path.Combine(folder, "install-postgres.sh");
        var details = Path.Combine(folder, "apt.log");
        await File.WriteAllTextAsync(script, await ScriptAsync(ct), ct);

        using var process = Start(script, details);
        process.StandardInput.Close();
        var complaint = process.StandardError.ReadToEndAsync(ct);
        string? last = null;
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
            log(last = line);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0)
            throw Failed(last ?? LastLine(await complaint),
                (File.Exists(details) ? $"check the network and {details}, " : "run it once as root, ") + "install postgresql and pgvector yourself");
        Directory.Delete(folder, recursive: true);
    }

    static Process Start(string script, string details)
    {
        // Without a terminal sudo must not ask for a password that nobody can give.
        string[] command = Environment.IsPrivilegedProcess ? ["bash", script, details]
            : Console.IsInputRedirected ? ["sudo", "-n", "bash", script, details]
            : ["sudo", "bash", script, details];
        try
        {
            return Process.Start(new ProcessStartInfo(command[0], command[1..])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw Failed($"this account is not root and {command[0]} is not here", "run it once as root");
        }
    }

    static async Task<string> ScriptAsync(CancellationToken ct)
    {
        await using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("install-postgres.sh")!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(ct);
    }

    static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "the installer failed";

    static EmbeddedPostgresException Failed(string why, string remedy) =>
        new($"PostgreSQL with pgvector could not be installed: {why}", $"{remedy}, {EmbeddedPostgresException.UseYourOwn}");
}
