using System.Diagnostics;

namespace Overmind.Postgres.Embedded;

/// <summary>The server processes of one cluster, found by their working folder: that holds for the ones whose parent is gone, too.</summary>
static class ClusterProcesses
{
    /// <summary>
    /// Ends what an earlier, killed parent left running on the cluster: asks for a fast shutdown, insists after
    /// <paramref name="patience"/>, and removes stale pid and lock files. True when something ran.
    /// </summary>
    public static async Task<bool> EndAsync(ClusterFolder folder, TimeSpan patience, CancellationToken ct)
    {
        var cluster = folder.Cluster;
        if (!Directory.Exists(cluster))
            return false;
        var ran = false;
        foreach (var signal in (int[])[Posix.Interrupt, Posix.Quit, Posix.Kill])
        {
            var left = Of(cluster);
            ran |= left.Count > 0;
            // Only the postmaster understands a shutdown; its children follow, and orphans of a dead one end by themselves.
            foreach (var pid in signal == Posix.Interrupt ? left.Where(pid => pid == Postmaster(cluster)) : left)
                Posix.Signal(pid, signal);
            if (await GoneAsync(cluster, patience, ct))
                break;
        }
        // The number in them may belong to a stranger or a zombie by now, which PostgreSQL would take for a running server.
        File.Delete(Path.Combine(cluster, "postmaster.pid"));
        if (Directory.Exists(folder.Sockets))
            File.Delete(Path.Combine(folder.Sockets, ".s.PGSQL.5432.lock"));
        return ran;
    }

    static int? Postmaster(string cluster)
    {
        try
        {
            return int.Parse(File.ReadLines(Path.Combine(cluster, "postmaster.pid")).First());
        }
        catch (Exception absent) when (absent is IOException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    static async Task<bool> GoneAsync(string cluster, TimeSpan patience, CancellationToken ct)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < patience; await Task.Delay(20, ct))
            if (Of(cluster).Count == 0)
                return true;
        return Of(cluster).Count == 0;
    }

    static List<int> Of(string cluster) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out var pid) && Belongs(pid, cluster)).Select(name => int.Parse(name!))];

    static bool Belongs(int pid, string cluster)
    {
        try
        {
            return Target($"/proc/{pid}/cwd") == cluster && Path.GetFileName(Target($"/proc/{pid}/exe")) is "postgres" or "postgres (deleted)";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static string? Target(string link) => new FileInfo(link).LinkTarget;
}
