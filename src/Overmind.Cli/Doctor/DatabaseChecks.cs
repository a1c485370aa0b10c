using Npgsql;
using Overmind.Cli.Configuration;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;

namespace Overmind.Cli.Doctor;

/// <summary>The database: the one that is named, or what the machine has to run one.</summary>
static class DatabaseChecks
{
    const int PatienceSeconds = 5;

    public static async Task<IReadOnlyList<Finding>> LookAsync(EffectiveConfiguration settings, CancellationToken ct) =>
        settings.Database(Settings.Database) is { } named
            ? [await NamedAsync(named, settings.Text(Settings.Database)!, ct)]
            : OnThisMachine(await PostgresInstallation.FindAllAsync(ct));

    static async Task<Finding> NamedAsync(string named, string shown, CancellationToken ct)
    {
        const string name = "database";
        try
        {
            await using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(named) { Pooling = false, Timeout = PatienceSeconds, CommandTimeout = PatienceSeconds }.ConnectionString);
            await connection.OpenAsync(ct);
            var facts = await ServerFacts.ReadAsync(connection, ct);
            DatabaseRequirements.Check(facts);
            return new Finding(name, true, true, $"{SettingType.Masked(shown)}, PostgreSQL {facts.Version / 10000}, with pgvector");
        }
        catch (DatabaseSetupException lacking)
        {
            return new Finding(name, false, true, $"{SettingType.Masked(shown)}: {lacking.Message}", lacking.Remedy);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            var why = failure is PostgresException refused ? refused.MessageText : failure.Message;
            return new Finding(name, false, true, $"{SettingType.Masked(shown)}: {why}", "check that it runs, and what the setting database_url says");
        }
    }

    static List<Finding> OnThisMachine(IReadOnlyList<PostgresInstallation> servers)
    {
        var usable = servers.FirstOrDefault(server => server.IsUsable);
        var canInstall = Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get");
        var remedy = usable is not null ? null
            : canInstall ? "`overmind up` installs it"
            : "run `overmind up` once with the right to install (root or sudo), install postgresql and postgresql-NN-pgvector, or name a database in the setting database_url";
        var found = usable is not null ? $"{usable.Version} in {usable.BinFolder}"
            : servers.Count > 0 ? $"{servers[0].Version} in {servers[0].BinFolder}, without pgvector 0.8 or later"
            : "not here";
        return
        [
            new("PostgreSQL 15+", usable is not null, !canInstall, found, remedy),
            new("pgvector 0.8+", usable is not null, !canInstall, usable?.PgvectorVersion?.ToString() ?? "not here", remedy),
        ];
    }
}
