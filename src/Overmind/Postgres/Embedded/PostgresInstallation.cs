using System.Text.RegularExpressions;

namespace Overmind.Postgres.Embedded;

/// <summary>PostgreSQL server programs found on this machine.</summary>
/// <param name="BinFolder">Folder with <c>postgres</c>, <c>initdb</c>, <c>psql</c>, <c>pg_dump</c>.</param>
/// <param name="Version">Server version, as 15.8.</param>
/// <param name="PgvectorVersion">Version of the pgvector that belongs to this server; null when it has none.</param>
sealed record PostgresInstallation(string BinFolder, Version Version, Version? PgvectorVersion)
{
    const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Multiline;
    static readonly Regex ServerVersion = new(@"\(PostgreSQL\) (?<major>\d+)(\.(?<minor>\d+))?", Linear);
    static readonly Regex ExtensionVersion = new(@"^default_version\s*=\s*'(?<major>\d+)\.(?<minor>\d+)", Linear);
    static readonly Version LeastServer = new(15, 0);
    static readonly Version LeastPgvector = new(0, 8);

    /// <summary>True when the server is 15 or later and has pgvector 0.8 or later.</summary>
    public bool IsUsable => Version >= LeastServer && PgvectorVersion >= LeastPgvector;

    /// <summary>Full path of one of its programs.</summary>
    public string Program(string name) => Path.Combine(BinFolder, name);

    /// <summary>The highest usable one, or null.</summary>
    public static async Task<PostgresInstallation?> FindUsableAsync(CancellationToken ct = default) =>
        (await FindAllAsync(ct)).FirstOrDefault(found => found.IsUsable);

    /// <summary>The highest usable one of a given major version, or null. A cluster can be opened by its own major only.</summary>
    public static async Task<PostgresInstallation?> FindUsableAsync(int major, CancellationToken ct = default) =>
        (await FindAllAsync(ct)).FirstOrDefault(found => found.IsUsable && found.Version.Major == major);

    /// <summary>Every server on this machine, highest version first.</summary>
    public static async Task<IReadOnlyList<PostgresInstallation>> FindAllAsync(CancellationToken ct = default)
    {
        var found = new List<PostgresInstallation>();
        foreach (var folder in Candidates().Where(f => File.Exists(Path.Combine(f, "initdb"))).Distinct())
            if (await InspectAsync(folder, ct) is { } installation)
                found.Add(installation);
        return [.. found.OrderByDescending(f => f.Version).ThenByDescending(f => f.PgvectorVersion)];
    }

    static IEnumerable<string> Candidates() =>
    [
        .. Subfolders("/usr/lib/postgresql", "*"),
        .. Subfolders("/usr", "pgsql-*"),
        .. Subfolders("/opt/postgresql", "*"),
        "/usr/local/pgsql/bin",
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries),
    ];

    static IEnumerable<string> Subfolders(string parent, string pattern) =>
        Directory.Exists(parent) ? Directory.EnumerateDirectories(parent, pattern).Select(d => Path.Combine(d, "bin")) : [];

    static async Task<PostgresInstallation?> InspectAsync(string folder, CancellationToken ct)
    {
        var server = await Shell.RunAsync(Path.Combine(folder, "postgres"), ["--version"], ct);
        var shared = await Shell.RunAsync(Path.Combine(folder, "pg_config"), ["--sharedir"], ct);
        if (!server.Ok || ServerVersion.Match(server.Output) is not { Success: true } version)
            return null;
        // Distributions may ship pg_config apart from the server; theirs is the layout beside bin.
        var share = shared.Ok ? shared.Output.Trim() : Path.GetFullPath(Path.Combine(folder, "../share"));
        return new PostgresInstallation(folder, Parse(version), await PgvectorInAsync(share, ct));
    }

    static async Task<Version?> PgvectorInAsync(string share, CancellationToken ct)
    {
        var control = Path.Combine(share, "extension", "vector.control");
        return File.Exists(control) && ExtensionVersion.Match(await File.ReadAllTextAsync(control, ct)) is { Success: true } match
            ? Parse(match)
            : null;
    }

    static Version Parse(Match match) =>
        new(int.Parse(match.Groups["major"].Value), match.Groups["minor"] is { Success: true, Value: var minor } ? int.Parse(minor) : 0);
}
