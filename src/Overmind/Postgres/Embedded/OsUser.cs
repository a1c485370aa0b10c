namespace Overmind.Postgres.Embedded;

/// <summary>The unprivileged account that PostgreSQL runs under when the product runs as root, which PostgreSQL refuses.</summary>
sealed record OsUser(string Name, uint UserId, uint GroupId)
{
    /// <summary>
    /// Null unless this process is root. Debian's packages make <c>postgres</c>; where it is absent (a server built from source)
    /// a system user <c>overmind</c> is made.
    /// </summary>
    public static async Task<OsUser?> ForClusterAsync(CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
            return null;
        if ((Find("postgres") ?? Find("overmind")) is { } existing)
            return existing;
        var made = await Shell.RunAsync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "overmind"], ct);
        return Find("overmind") ?? throw new EmbeddedPostgresException(
            $"PostgreSQL cannot run as root, and no account for it could be made: {made.LastLine}",
            "create one with `useradd --system overmind`, " + EmbeddedPostgresException.UseYourOwn);
    }

    /// <summary>The arguments that make a command run as this user.</summary>
    public IEnumerable<string> Prefix => ["setpriv", $"--reuid={UserId}", $"--regid={GroupId}", "--clear-groups"];

    static OsUser? Find(string name) => File.ReadLines("/etc/passwd")
        .Select(line => line.Split(':'))
        .Where(fields => fields.Length > 3 && fields[0] == name)
        .Select(fields => new OsUser(name, uint.Parse(fields[2]), uint.Parse(fields[3])))
        .FirstOrDefault();
}
