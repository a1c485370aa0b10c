using System.Diagnostics;
using Npgsql;

namespace Overmind.Postgres.Embedded;

/// <summary>
/// A private PostgreSQL cluster in a data folder, reachable by a Unix socket only. It is made on the first start, recovered after
/// any crash, started again when it dies, and stopped by disposal.
/// </summary>
sealed class EmbeddedPostgres : IAsyncDisposable
{
    /// <summary>The database and its owner, who is no superuser.</summary>
    public const string Database = "overmind", Owner = "overmind_owner";

    const string Superuser = "postgres";
    static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(20);
    static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(5);

    readonly ClusterFolder folder;
    readonly PostgresInstallation installation;
    readonly EmbeddedPostgresOptions options;
    readonly CancellationTokenSource stopping = new();
    Process server;
    Task supervision = Task.CompletedTask;

    EmbeddedPostgres(ClusterFolder folder, PostgresInstallation installation, EmbeddedPostgresOptions options)
    {
        (this.folder, this.installation, this.options) = (folder, installation, options);
        var credentials = folder.Credentials();
        OwnerConnectionString = ConnectionString(Owner, credentials.Owner);
        SuperuserConnectionString = ConnectionString(Superuser, credentials.Superuser);
        server = null!;
    }

    /// <summary>Npgsql connection string of the database's owner, who may create roles and trusted extensions.</summary>
    public string OwnerConnectionString { get; }

    /// <summary>Npgsql connection string of the superuser, to the same database.</summary>
    public string SuperuserConnectionString { get; }

    /// <summary>Folder of psql, pg_dump and the others, of the server's version.</summary>
    public string BinFolder => installation.BinFolder;

    /// <summary>Folder of the socket; the port in its name is 5432.</summary>
    public string SocketFolder => folder.Sockets;

    /// <summary>Process id of the server.</summary>
    public int ProcessId => server.Id;

    /// <summary>Installs what lacks, makes the cluster on the first call, and returns when it takes connections.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot be installed, made or started, or the folder is in use.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, CancellationToken ct = default) =>
        await TryStartAsync(options, ct) ?? throw new EmbeddedPostgresException(
            $"another process runs the PostgreSQL in {options.DataFolder}", "stop it, or choose another data folder");

    /// <summary>As <see cref="StartAsync"/>, but null when another process runs it.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot be installed, made or started.</exception>
    public static async Task<EmbeddedPostgres?> TryStartAsync(EmbeddedPostgresOptions options, CancellationToken ct = default)
    {
        if (!OperatingSystem.IsLinux())
            throw new EmbeddedPostgresException("the embedded PostgreSQL runs on Linux", EmbeddedPostgresException.UseYourOwn[3..]);
        var highest = await PostgresInstaller.EnsureAsync(options.Log, ct);
        if (ClusterFolder.TryOpen(options.DataFolder, await OsUser.ForClusterAsync(ct)) is not { } opened)
            return null;
        try
        {
            var postgres = new EmbeddedPostgres(opened, await OfMajorAsync(opened.Major, highest, ct), options);
            await postgres.StartFirstAsync(ct);
            return postgres;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    static async Task<PostgresInstallation> OfMajorAsync(int? major, PostgresInstallation highest, CancellationToken ct) =>
        major is null || major == highest.Version.Major
            ? highest
            : await PostgresInstallation.FindUsableAsync(major.Value, ct) ?? throw new EmbeddedPostgresException(
                $"the cluster in the data folder is of PostgreSQL {major}, which is not here with pgvector",
                $"install postgresql-{major} and postgresql-{major}-pgvector, or choose another data folder");

    /// <summary>
    /// Removes a data folder and whatever still runs in it, when the process that started it is dead or has stopped.
    /// False, and nothing is touched, when a living process uses it.
    /// </summary>
    public static async Task<bool> RemoveAsync(string dataFolder, CancellationToken ct = default)
    {
        using var removed = ClusterFolder.TryOpen(dataFolder, user: null);
        if (removed is null)
            return false;
        await ClusterProcesses.EndAsync(removed, TimeSpan.FromSeconds(1), ct);
        if (Directory.Exists(removed.Sockets))
            Directory.Delete(removed.Sockets, recursive: true);
        Directory.Delete(dataFolder, recursive: true);
        return true;
    }

    /// <summary>Ends the server that a killed process left behind in a data folder. False when none runs or its process lives.</summary>
    public static async Task<bool> EndLeftoverAsync(string dataFolder, CancellationToken ct = default)
    {
        using var dead = ClusterFolder.TryOpen(dataFolder, user: null);
        return dead is not null && await ClusterProcesses.EndAsync(dead, ShutdownPatience, ct);
    }

    /// <summary>Fast shutdown: sessions end, committed data is on disk, the next start needs no recovery.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await supervision;
        await StopServerAsync();
        server.Dispose();
        stopping.Dispose();
        folder.Dispose();
    }

    async Task StartFirstAsync(CancellationToken ct)
    {
        if (await ClusterProcesses.EndAsync(folder, ShutdownPatience, ct))
            options.Log("Ended the PostgreSQL that an earlier run had left behind");
        if (folder.Major is null)
            await new ClusterCreation(folder, installation, options).RunAsync(ct);
        server = await LaunchAsync(ct);
        try
        {
            await ClusterRoles.EnsureAsync(this, folder.Credentials().Owner, ct);
        }
        catch
        {
            await StopServerAsync();
            throw;
        }
        supervision = SuperviseAsync();
    }

    async Task SuperviseAsync()
    {
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = pause < TimeSpan.FromSeconds(5) ? pause * 2 : pause)
        {
            try
            {
                await server.WaitForExitAsync(stopping.Token);
                options.Log($"PostgreSQL ended unexpectedly with exit code {server.ExitCode}; starting it again");
                await Task.Delay(pause, stopping.Token);
                await ClusterProcesses.EndAsync(folder, TimeSpan.FromSeconds(5), stopping.Token);
                var replacement = await LaunchAsync(stopping.Token);
                server.Dispose();
                server = replacement;
                pause = TimeSpan.FromMilliseconds(50);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever stands in the way may pass: a full disk, memory that something else takes.
                options.Log(failure.Message);
            }
        }
    }

    async Task<Process> LaunchAsync(CancellationToken ct)
    {
        folder.MakeOwned(folder.Sockets);
        var start = ClusterCommand.For(folder, "postgres", installation, ServerArguments());
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            for (var since = Stopwatch.StartNew(); !IsReady(process); await Task.Delay(10, ct))
                if (process.HasExited)
                    throw new EmbeddedPostgresException($"PostgreSQL did not start: {Reason(await complaints)}", $"see the newest file in {folder.Cluster}/log");
                else if (since.Elapsed > StartPatience)
                    throw new EmbeddedPostgresException($"PostgreSQL was not ready within {StartPatience.TotalMinutes} minutes", $"see the newest file in {folder.Cluster}/log");
            return process;
        }
        catch
        {
            Posix.Signal(process.Id, Posix.Quit);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    IEnumerable<string> ServerArguments() =>
    [
        "-k", folder.Sockets,
        "-c", "listen_addresses=",
        "-c", "port=5432",
        "-c", "logging_collector=on",
        .. options.Durable ? (string[])[] : ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=128MB", "-c", "deadlock_timeout=100ms"],
    ];

    // The eighth line of the pid file is the server's own word on whether it takes connections.
    bool IsReady(Process process)
    {
        try
        {
            var lines = File.ReadAllLines(Path.Combine(folder.Cluster, "postmaster.pid"));
            return lines.Length >= 8 && lines[0] == process.Id.ToString() && lines[7].Trim() == "ready";
        }
        catch (IOException)
        {
            return false;
        }
    }

    async Task StopServerAsync()
    {
        foreach (var signal in (int[])[Posix.Interrupt, Posix.Quit, Posix.Kill])
        {
            if (server.HasExited || !Posix.Signal(server.Id, signal))
                return;
            using var patience = new CancellationTokenSource(ShutdownPatience);
            try
            {
                await server.WaitForExitAsync(patience.Token);
                return;
            }
            catch (OperationCanceledException)
            {
                options.Log("PostgreSQL takes long to stop");
            }
        }
    }

    // What it says before its log is open goes to the terminal, the rest to the log.
    string Reason(string complaints)
    {
        var log = new DirectoryInfo(Path.Combine(folder.Cluster, "log"));
        var newest = log.Exists ? log.EnumerateFiles().MaxBy(file => file.LastWriteTimeUtc) : null;
        string[] lines = [.. newest is null ? [] : File.ReadLines(newest.FullName).TakeLast(20), .. complaints.Split('\n')];
        var fatal = lines.LastOrDefault(line => line.Contains("FATAL", StringComparison.Ordinal) || line.StartsWith("postgres: ", StringComparison.Ordinal));
        return fatal is null ? complaints.Trim() : fatal[(fatal.IndexOf("FATAL:", StringComparison.Ordinal) is > 0 and var at ? at + 6 : 0)..].Trim();
    }

    string ConnectionString(string user, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = folder.Sockets,
        Port = 5432,
        Database = Database,
        Username = user,
        Password = password,
    }.ConnectionString;
}
