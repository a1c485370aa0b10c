using System.Diagnostics;
using System.Net;
using Npgsql;
using Overmind.Access;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;

namespace Overmind.Bench.Measures;

/// <summary>
/// What auditing costs the write that it is part of: an API key is made and revoked as the product does it, against the same without the trigger of its table.
/// In many short rounds in turn, commits written to disk.
/// </summary>
static class AuditMeasure
{
    /// <summary>A write may take 1.25 times as long with its row in the log.</summary>
    const double LeastRatio = 1 / 1.25;

    const int ShortRounds = 21;

    public static async Task<(Comparison Comparison, string PostgresVersion)> RunAsync(
        string folder, BenchOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Log = progress }, cancellationToken);
        await using var opened = await OvermindDatabase.OpenAsync(
            new OvermindDatabaseOptions { ConnectionString = postgres.OwnerConnectionString }, cancellationToken);
        await using var owner = NpgsqlDataSource.Create(postgres.OwnerConnectionString);
        var database = new Database(opened.Requests);
        var claims = await MemberAsync(database, owner, cancellationToken);
        var keys = new ApiKeyService(new ApiKeyStore(database), TimeProvider.System);
        await RoundAsync(keys, claims, options.Seconds / 4, cancellationToken);

        var (audited, bare) = await Rounds.InTurnAsync(
            ShortRounds,
            () => RoundAsync(keys, claims, options.Seconds / ShortRounds, cancellationToken),
            async () =>
            {
                await ExecuteAsync(owner, "alter table api_keys disable trigger audit", cancellationToken);
                var round = await RoundAsync(keys, claims with { Origin = null }, options.Seconds / ShortRounds, cancellationToken);
                await ExecuteAsync(owner, "alter table api_keys enable trigger audit", cancellationToken);
                return round;
            });
        return (new Comparison("make and revoke an API key", 1, audited.Median, bare.Median, LeastRatio), await VersionAsync(owner, cancellationToken));
    }

    static async Task<Latencies> RoundAsync(ApiKeyService keys, Claims claims, double seconds, CancellationToken cancellationToken)
    {
        var milliseconds = new List<double>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            var start = Stopwatch.GetTimestamp();
            var (key, _) = await keys.CreateAsync(claims, new NewApiKey { Name = "Bench" }, cancellationToken);
            await keys.RevokeAsync(claims, key.Id, cancellationToken);
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Latencies.Of(milliseconds, watch.Elapsed.TotalSeconds);
    }

    static async Task<Claims> MemberAsync(Database database, NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        // The folder is kept from run to run, and each begins alike.
        await ExecuteAsync(owner, "truncate api_keys, audit_logs, audit_details, overmind.audit_hashes, overmind.audit_seals", cancellationToken);
        return (await new FirstOrganization(database, new PasswordHasher()).CreateAsync("bench@example.test", "bench", cancellationToken)
            ?? (await new FirstOrganization(database, new PasswordHasher()).FindAdminAsync(cancellationToken))!) with
        {
            Origin = new RequestOrigin(IPAddress.Loopback, "Overmind.Bench", "bench"),
        };
    }

    static async Task<string> VersionAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand("select split_part(current_setting('server_version'), ' ', 1)");
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    static async Task ExecuteAsync(NpgsqlDataSource owner, string sql, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
