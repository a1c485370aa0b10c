using System.CommandLine;
using System.Net.NetworkInformation;
using Overmind.Cli.Instances;
using Overmind.Postgres.Embedded;
using Spectre.Console;

namespace Overmind.Cli.Commands;

static class DoctorCommand
{
    /// <param name="Needed">True when nothing works without it.</param>
    sealed record Finding(string Name, bool Ok, bool Needed, string Found);

    public static Command Create()
    {
        var command = new Command("doctor", "Look at what this machine has and lacks; exit code 1 when something needed is missing");
        command.SetAction(async (parsed, ct) =>
        {
            var folder = new InstanceFolder(parsed.GetValue(GlobalOptions.Data)!);
            var findings = await LookAsync(folder, ct);
            if (Output.IsJson(parsed))
                Output.WriteJson(Console.Out, new { Findings = findings });
            else
                Show(findings);
            return findings.Exists(finding => finding is { Needed: true, Ok: false }) ? 1 : 0;
        });
        return command;
    }

    static async Task<List<Finding>> LookAsync(InstanceFolder folder, CancellationToken ct)
    {
        var servers = await PostgresInstallation.FindAllAsync(ct);
        var usable = servers.FirstOrDefault(server => server.IsUsable);
        var named = InstanceDatabase.Named is not null;
        return
        [
            new(".NET", Environment.Version.Major >= 10, true, Environment.Version.ToString()),
            new("PostgreSQL 15+", usable is not null, !named && !CanInstall, usable is not null ? $"{usable.Version} in {usable.BinFolder}"
                : servers.Count > 0 ? $"{servers[0].Version} in {servers[0].BinFolder}, without pgvector 0.8+" : Absent),
            new("pgvector 0.8+", usable is not null, !named && !CanInstall, usable?.PgvectorVersion?.ToString() ?? Absent),
            new("OVERMIND_DATABASE_URL", true, false, named ? "set: this database is used" : "not set: Overmind runs its own PostgreSQL"),
            new("data folder", IsWritable(folder.Path), true, folder.Path),
            new("free space", FreeGigabytes(folder.Path) >= 1, true, $"{FreeGigabytes(folder.Path):0.0} GB"),
            Instance(folder),
            new("chromium", File.Exists("/usr/bin/chromium"), false, File.Exists("/usr/bin/chromium") ? "/usr/bin/chromium" : "not here, `overmind test` installs it"),
        ];
    }

    static bool CanInstall => Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get");

    static string Absent => CanInstall ? "not here, `overmind up` installs it" : "not here; run `overmind up` once with the right to install (root or sudo)";

    static Finding Instance(InstanceFolder folder)
    {
        if (folder.Running() is { } running)
            return new Finding("instance", true, false, $"runs at {running.Url}");
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == 8080);
        return new Finding("port 8080", !taken, false, taken ? "in use by something else: choose another with --port" : "free");
    }

    static bool IsWritable(string folder)
    {
        var existing = new DirectoryInfo(folder);
        while (!existing.Exists && existing.Parent is not null)
            existing = existing.Parent;
        try
        {
            var probe = Path.Combine(existing.FullName, $".overmind-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return true;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    static double FreeGigabytes(string folder) => new DriveInfo(folder).AvailableFreeSpace / 1e9;

    static void Show(List<Finding> findings)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "");
        foreach (var finding in findings)
            table.AddRow(finding.Ok ? "[green]ok[/]" : finding.Needed ? "[red]missing[/]" : "[yellow]absent[/]", Markup.Escape(finding.Name), Markup.Escape(finding.Found));
        AnsiConsole.Write(table);
    }
}
