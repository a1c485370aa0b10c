using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;
using Overmind.Postgres.Embedded;
using Overmind.Testing;

namespace Overmind.Tests.Postgres;

/// <summary>
/// PgBouncer before the test server, set up as docs/security.md says but for addresses, and with few server connections.
/// One at a time: its socket stands beside the server's, and its files go with that folder.
/// </summary>
sealed partial class PgBouncer : IAsyncDisposable
{
    // The input closes when the test process ends, also by SIGKILL, and PgBouncer ends with it.
    const string Script = """ "$@" 2>&1 & read -r _; kill $!; wait $! """;

    readonly Process shell;
    readonly Task<string> said;

    PgBouncer(Process shell, string connectionString)
    {
        (this.shell, ConnectionString) = (shell, connectionString);
        said = shell.StandardOutput.ReadToEndAsync();
    }

    /// <summary>For <c>OVERMIND_POOLED_DATABASE_URL</c>; names no user.</summary>
    public string ConnectionString { get; }

    /// <summary>Returns when it takes connections.</summary>
    internal static async Task<PgBouncer> StartAsync(EmbeddedPostgres server, TestDatabase database, int serverConnections)
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "security.md"));
        page = page[page.IndexOf("**A pooler**", StringComparison.Ordinal)..];
        var name = new NpgsqlConnectionStringBuilder(database.OwnerConnectionString).Database!;
        var folder = server.SocketFolder;
        var (users, settings) = (Path.Combine(folder, "userlist.txt"), Path.Combine(folder, "pgbouncer.ini"));
        var text = Block(page, "ini")
            .Replace("overmind = host=127.0.0.1", $"{name} = host={folder}", StringComparison.Ordinal)
            .Replace("listen_addr = 127.0.0.1", $"unix_socket_dir = {folder}", StringComparison.Ordinal)
            .Replace("default_pool_size = 20", $"default_pool_size = {serverConnections}", StringComparison.Ordinal)
            .Replace("/etc/pgbouncer/userlist.txt", users, StringComparison.Ordinal);
        var account = await OsUser.ForClusterAsync(CancellationToken.None);
        await WriteAsync(users, await database.ScalarAsync<string>(Block(page, "sql")), account);
        await WriteAsync(settings, text, account);
        var pooler = Start(settings, account, new NpgsqlConnectionStringBuilder { Host = folder, Port = 6432, Database = name }.ConnectionString);
        await pooler.ReadyAsync(Path.Combine(folder, ".s.PGSQL.6432"));
        return pooler;
    }

    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
    }

    // It refuses to run as root, as PostgreSQL does. Debian keeps it where not every PATH leads.
    static PgBouncer Start(string settings, OsUser? account, string connectionString)
    {
        var program = File.Exists("/usr/sbin/pgbouncer") ? "/usr/sbin/pgbouncer" : "pgbouncer";
        var start = Shell.Describe("/bin/sh", ["-c", Script, "sh", .. account?.Prefix ?? [], program, settings]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        return new PgBouncer(Process.Start(start)!, connectionString);
    }

    async Task ReadyAsync(string socket)
    {
        try
        {
            await Poll.UntilAsync(() => File.Exists(socket));
        }
        catch (TimeoutException late)
        {
            await DisposeAsync();
            throw new InvalidOperationException($"PgBouncer did not start: {await said}", late);
        }
    }

    static async Task WriteAsync(string path, string text, OsUser? account)
    {
        await File.WriteAllTextAsync(path, text + "\n");
        if (account is not null)
            Posix.ChangeOwner(path, account.UserId, account.GroupId);
    }

    static string Block(string page, string language) =>
        FencedBlock().Matches(page).First(block => block.Groups["language"].Value == language).Groups["text"].Value;

    [GeneratedRegex("```(?<language>[a-z]+)\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FencedBlock();
}
