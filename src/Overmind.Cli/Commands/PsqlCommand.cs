using System.CommandLine;
using System.Diagnostics;
using Npgsql;
using Overmind.Cli.Instances;
using Overmind.Postgres.Embedded;

namespace Overmind.Cli.Commands;

static class PsqlCommand
{
    static readonly Argument<string[]> Arguments = new("arguments")
    {
        Description = "Passed on to psql, after --",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create()
    {
        var command = new Command("psql", "Open psql on the instance's database: overmind psql -- -Atc 'select 1'") { Arguments };
        command.SetAction(async (parsed, ct) =>
        {
            var folder = InstanceFolder.Of(parsed);
            await using var database = await InstanceDatabase.OpenAsync(folder, ct);
            using var psql = Process.Start(await DescribeAsync(database.Url, parsed.GetValue(Arguments)!, ct))!;
            // A Ctrl-C is psql's own: it cancels a query there and ends nothing here.
            await psql.WaitForExitAsync(CancellationToken.None);
            return psql.ExitCode;
        });
        return command;
    }

    static async Task<ProcessStartInfo> DescribeAsync(string url, string[] arguments, CancellationToken ct)
    {
        var newest = (await PostgresInstallation.FindAllAsync(ct)).Select(found => found.Program("psql")).FirstOrDefault(File.Exists);
        var program = newest ?? "/usr/bin/psql";
        if (!File.Exists(program))
            throw new CliException("no_psql", "psql is not on this machine", "install postgresql-client");
        var named = new NpgsqlConnectionStringBuilder(url);
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false };
        // By environment: a password among the arguments would be shown by ps.
        Set("PGHOST", Hosts(named, withPort: false));
        Set("PGPORT", Hosts(named, withPort: true));
        Set("PGUSER", named.Username);
        Set("PGPASSWORD", named.Password);
        Set("PGDATABASE", named.Database);
        Set("PGSSLMODE", SslMode(named.SslMode));
        Set("PGSSLROOTCERT", named.RootCertificate);
        Set("PGOPTIONS", named.Options);
        return start;

        void Set(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                start.Environment[name] = value;
        }
    }

    // Npgsql writes "one:5432,two:5433" where libpq has two lists.
    static string Hosts(NpgsqlConnectionStringBuilder named, bool withPort) => string.Join(',', (named.Host ?? "localhost").Split(',').Select(host =>
        host.LastIndexOf(':') is > 0 and var colon && host.IndexOf(':') == colon
            ? withPort ? host[(colon + 1)..] : host[..colon]
            : withPort ? named.Port.ToString() : host));

    static string SslMode(SslMode mode) => mode switch
    {
        Npgsql.SslMode.VerifyCA => "verify-ca",
        Npgsql.SslMode.VerifyFull => "verify-full",
        _ => mode.ToString().ToLowerInvariant(),
    };
}
