using System.Diagnostics;
using System.Net.NetworkInformation;
using Overmind.Cli.Configuration;
using Overmind.Cli.Instances;

namespace Overmind.Cli.Doctor;

/// <summary>What the machine has: SDK, disk, port.</summary>
static class MachineChecks
{
    const double NeededGigabytes = 1;

    /// <summary>An installed copy runs without it; a clone builds with it.</summary>
    public static async Task<Finding> SdkAsync(CancellationToken ct)
    {
        var versions = await ListSdksAsync(ct);
        var newest = versions.LastOrDefault(version => version.StartsWith("10.", StringComparison.Ordinal));
        return new Finding(
            ".NET SDK 10", newest is not null, false, newest ?? (versions.Count > 0 ? $"only {versions[^1]}" : $"not here; the runtime is {Environment.Version}"),
            newest is null ? "install the .NET 10 SDK and put dotnet on PATH; only building from a clone needs it" : null);
    }

    public static IEnumerable<Finding> Disk(InstanceFolder folder)
    {
        var writable = IsWritable(folder.Path);
        yield return new Finding("data folder", writable, true, folder.Path, writable ? null : "give this account the right to write there, or choose another folder with --data");
        var free = new DriveInfo(folder.Path).AvailableFreeSpace / 1e9;
        yield return new Finding(
            "free space", free >= NeededGigabytes, true, $"{free:0.0} GB", free >= NeededGigabytes ? null : $"free at least {NeededGigabytes} GB there, or choose another folder with --data");
    }

    public static Finding Port(InstanceFolder folder, EffectiveConfiguration settings)
    {
        if (folder.Running() is { } running)
            return new Finding("instance", true, false, $"runs at {running.Url ?? "an address that it will tell in a moment"}");
        var port = settings.Integer(Settings.Port);
        var taken = port != 0 && IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port);
        return new Finding($"port {port}", !taken, false, taken ? "in use by another program" : "free", taken ? "choose another with --port, or end that program" : null);
    }

    public static Finding Chromium()
    {
        var here = File.Exists("/usr/bin/chromium");
        return new Finding("chromium", here, false, here ? "/usr/bin/chromium" : "not here", here ? null : "`overmind test` installs it; nothing else needs it");
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

    static async Task<IReadOnlyList<string>> ListSdksAsync(CancellationToken ct)
    {
        try
        {
            using var dotnet = Process.Start(new ProcessStartInfo("dotnet", "--list-sdks") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var lines = await dotnet.StandardOutput.ReadToEndAsync(ct);
            return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0])];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return [];
        }
    }
}
