using System.Diagnostics;

namespace Overmind.Postgres.Embedded;

/// <summary>Makes the cluster in a folder beside its place and moves it there when it is whole, so that a crash leaves no half.</summary>
sealed class ClusterCreation(ClusterFolder folder, PostgresInstallation installation, EmbeddedPostgresOptions options)
{
    public async Task RunAsync(CancellationToken ct)
    {
        options.Log($"Creating a PostgreSQL {installation.Version.Major} cluster in {folder.Cluster}");
        var unfinished = folder.Cluster + ".new";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        folder.MakeOwned(unfinished);

        var start = ClusterCommand.For(folder, "initdb", installation, Arguments(), unfinished);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var initdb = Process.Start(start)!;
        try
        {
            await FinishAsync(initdb, ct);
        }
        finally
        {
            if (!initdb.HasExited)
                initdb.Kill();
        }
        await File.AppendAllTextAsync(Path.Combine(unfinished, "postgresql.conf"), Settings(), ct);
        Directory.Move(unfinished, folder.Cluster);
    }

    async Task FinishAsync(Process initdb, CancellationToken ct)
    {
        // It asks twice, and reads the answers here because it has no terminal.
        var password = folder.Credentials().Superuser;
        await initdb.StandardInput.WriteAsync($"{password}\n{password}\n".AsMemory(), ct);
        initdb.StandardInput.Close();
        var output = initdb.StandardOutput.ReadToEndAsync(ct);
        var error = await initdb.StandardError.ReadToEndAsync(ct);
        await initdb.WaitForExitAsync(ct);
        if (initdb.ExitCode != 0)
            throw new EmbeddedPostgresException(
                $"the cluster in {folder.Cluster} could not be created: {Reason(error + await output)}",
                "check the folder's rights and free space, " + EmbeddedPostgresException.UseYourOwn);
    }

    static string Reason(string said) =>
        said.Split('\n').FirstOrDefault(line => line.StartsWith("initdb: error:", StringComparison.Ordinal) || line.StartsWith("sh: ", StringComparison.Ordinal))
        ?? said.Trim().Split('\n')[^1];

    IEnumerable<string> Arguments() =>
    [
        "--username=postgres", "--pwprompt", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums",
        .. options.Durable ? (string[])[] : ["--no-sync"],
    ];

    /// <summary>Written once: they are the operator's to change.</summary>
    static string Settings()
    {
        const long MB = 1024 * 1024;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MB;
        return $"""

            # Set by Overmind when it made this cluster; a quarter of the machine's memory is shared with what else runs on it.
            max_connections = 200
            shared_buffers = {Math.Clamp(memory / 4, 64, 1024)}MB
            effective_cache_size = {Math.Max(memory / 2, 128)}MB
            maintenance_work_mem = {Math.Clamp(memory / 16, 32, 512)}MB
            max_wal_size = 2GB
            random_page_cost = 1.1
            jit = off
            autovacuum_naptime = 10s
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_filename = 'postgresql-%a.log'
            log_truncate_on_rotation = on
            log_rotation_age = 1d
            log_rotation_size = 0

            """;
    }
}
