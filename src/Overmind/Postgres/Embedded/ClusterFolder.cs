using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Overmind.Postgres.Embedded;

/// <summary>What a private cluster keeps in the data folder: its files, its passwords, the lock of the process that runs it.</summary>
sealed class ClusterFolder : IDisposable
{
    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode PrivateFolder = Private | UnixFileMode.UserExecute;

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true };

    readonly FileStream runningLock;

    ClusterFolder(string data, OsUser? user, FileStream runningLock)
    {
        this.runningLock = runningLock;
        User = user;
        Cluster = Path.Combine(data, "postgres");
        Sockets = SocketFolderOf(data);
        CredentialsFile = Path.Combine(data, "postgres-credentials.json");
    }

    public sealed record Passwords(string Superuser, string Owner);

    public OsUser? User { get; }
    public string Cluster { get; }
    public string Sockets { get; }
    string CredentialsFile { get; }

    /// <summary>The cluster's major version, null before it is made.</summary>
    public int? Major => File.Exists(Path.Combine(Cluster, "PG_VERSION"))
        ? int.Parse(File.ReadAllText(Path.Combine(Cluster, "PG_VERSION")))
        : null;

    /// <summary>
    /// Makes the data folder when it is absent and takes the lock that keeps a second PostgreSQL out of it.
    /// Null when a living process holds that; the kernel drops the lock of a dead one.
    /// </summary>
    public static ClusterFolder? TryOpen(string dataFolder, OsUser? user)
    {
        var data = Path.GetFullPath(dataFolder);
        Directory.CreateDirectory(data, PrivateFolder);
        return Lock(data) is { } taken ? new ClusterFolder(data, user, taken) : null;
    }

    static FileStream? Lock(string data)
    {
        try
        {
            return new FileStream(Path.Combine(data, "postgres.lock"), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = Private,
            });
        }
        catch (IOException) when (Directory.Exists(data))
        {
            return null;
        }
    }

    /// <summary>The passwords of this cluster; made on the first call, before the cluster is.</summary>
    public Passwords Credentials()
    {
        if (File.Exists(CredentialsFile))
            return JsonSerializer.Deserialize<Passwords>(File.ReadAllText(CredentialsFile), Json)!;
        if (Major is not null)
            throw new EmbeddedPostgresException($"{CredentialsFile} is gone, it holds the passwords of the cluster beside it", "restore the file from a backup");
        var made = new Passwords(RandomNumberGenerator.GetHexString(40, lowercase: true), RandomNumberGenerator.GetHexString(40, lowercase: true));
        var unfinished = CredentialsFile + ".new";
        File.Delete(unfinished);
        using (var file = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
            JsonSerializer.Serialize(file, made, Json);
        File.Move(unfinished, CredentialsFile);
        return made;
    }

    /// <summary>Makes an empty folder that the account of PostgreSQL owns.</summary>
    public void MakeOwned(string folder)
    {
        Directory.CreateDirectory(folder, PrivateFolder);
        if (User is not null)
            Posix.ChangeOwner(folder, User.UserId, User.GroupId);
    }

    public void Dispose() => runningLock.Dispose();

    /// <summary>
    /// A socket's path holds 107 bytes, and the account of PostgreSQL must be able to enter the folder: as root, and for deep data
    /// folders, it stands apart, named by the data folder's digest.
    /// </summary>
    static string SocketFolderOf(string data)
    {
        var near = Path.Combine(data, "run");
        if (!Environment.IsPrivilegedProcess && Encoding.UTF8.GetByteCount(near) <= 85)
            return near;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..16];
        if (Environment.IsPrivilegedProcess)
            return "/run/overmind-" + digest;
        return Path.Combine(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 and <= 50 } runtime ? runtime : "/tmp", "overmind-" + digest);
    }
}
