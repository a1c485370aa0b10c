using Npgsql;
using Overmind.Access;
using Overmind.Bench.Floor;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;
using Overmind.Usage;

namespace Overmind.Bench.Measures;

/// <summary>
/// What the sums of usage cost the ledger: 16 writers settle calls on one organization's one day, while what they change is folded as a node does it, against the
/// same without triggers, and against what comes to mind first: a trigger that adds each call to the row of its day.
/// </summary>
static class RollupMeasure
{
    const int Writers = 16;

    const double LeastOfBare = 0.6;

    const double LeastOfNaive = 3;

    const string Naive =
        """
        create schema if not exists bench;
        create table if not exists bench.daily (organization_id uuid, date date, tokens bigint, cost numeric, primary key (organization_id, date));
        create or replace function bench.add_to_day() returns trigger language plpgsql as $$
        begin
            insert into bench.daily values (new.organization_id, new.created_at::date, new.tokens_input + new.tokens_output, new.cost)
            on conflict (organization_id, date) do update set tokens = daily.tokens + excluded.tokens, cost = daily.cost + excluded.cost;
            return null;
        end $$;
        create or replace trigger naive after insert on token_usage for each row execute function bench.add_to_day();
        """;

    public static async Task<(IReadOnlyList<Comparison> Comparisons, string PostgresVersion)> RunAsync(
        string folder, BenchOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Log = progress }, cancellationToken);
        await using var opened = await OvermindDatabase.OpenAsync(
            new OvermindDatabaseOptions { ConnectionString = postgres.OwnerConnectionString }, cancellationToken);
        await using var owner = NpgsqlDataSource.Create(postgres.OwnerConnectionString);
        var database = new Database(opened.Requests);
        var first = new FirstOrganization(database, new PasswordHasher());
        var claims = await first.CreateAsync("bench@example.test", "bench", cancellationToken) ?? (await first.FindAdminAsync(cancellationToken))!;
        var folds = new UsageFoldStore(database, new UnpooledDataSource(opened.Direct));
        await ExecuteAsync(owner, "truncate token_usage, usage_changes, usage_totals, usage_latencies", cancellationToken);
        await ExecuteAsync(owner, Naive, cancellationToken);

        var comparisons = new List<Comparison>();
        foreach (var (waits, words) in new[] { ("on", "settle a call"), ("off", "the same, not waiting for the disk") })
        {
            var insert = new PgbenchScripts(
                [$"""
                    insert into token_usage (organization_id, user_id, provider, model, status, settled_at, tokens_input, tokens_output, cost, latency_ms)
                    values ('{claims.OrganizationId}', '{claims.UserId}', 'openai', 'gpt-4o', 'settled', now(), 500, 80, 0.0123456, 830);
                    """], new Dictionary<string, string>());
            var pgbench = new Pgbench(postgres.BinFolder, $"{postgres.OwnerConnectionString};Options=-c synchronous_commit={waits}");
            Task<Latencies> BareAsync() => pgbench.RunAsync(insert, Writers, 1, options.Seconds / options.Rounds, cancellationToken);

            async Task<Latencies> TriggersAsync(string on, Func<Task<Latencies>> measure)
            {
                await ExecuteAsync(owner, $"alter table token_usage disable trigger user; {on}", cancellationToken);
                return await measure();
            }

            const string Ours = "alter table token_usage enable trigger token_usage_after_insert";
            const string Daily = "alter table token_usage enable trigger naive";
            var (kept, bare) = await Rounds.InTurnAsync(
                options.Rounds, () => TriggersAsync(Ours, () => FoldingAsync(folds, BareAsync, progress, cancellationToken)), () => TriggersAsync("", BareAsync));
            var (again, naive) = await Rounds.InTurnAsync(
                options.Rounds, () => TriggersAsync(Ours, () => FoldingAsync(folds, BareAsync, progress, cancellationToken)), () => TriggersAsync(Daily, BareAsync));
            comparisons.Add(new Comparison($"{words}, beside no sums", Writers, kept.Median, bare.Median, LeastOfBare));
            comparisons.Add(new Comparison($"{words}, beside a row a day", Writers, again.Median, naive.Median, LeastOfNaive));
        }

        await ExecuteAsync(owner, "alter table token_usage enable trigger user; drop trigger naive on token_usage", cancellationToken);
        await using var version = owner.CreateCommand("select split_part(current_setting('server_version'), ' ', 1)");
        return (comparisons, (string)(await version.ExecuteScalarAsync(cancellationToken))!);
    }

    /// <summary>Measures while a node folds; what is left then is folded before the next round.</summary>
    static async Task<Latencies> FoldingAsync(UsageFoldStore folds, Func<Task<Latencies>> measure, Action<string> progress, CancellationToken cancellationToken)
    {
        using var measured = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var folding = FoldAsync(folds, measured.Token);
        var latencies = await measure();
        await measured.CancelAsync();
        var folded = await folding;
        var left = 0L;
        for (var last = -1L; last != 0; left += last)
            last = await folds.FoldAsync(cancellationToken);
        progress($"  {latencies.Rate:0}/s; {folded} changes were folded meanwhile, {left} afterwards");
        return latencies;
    }

    static async Task<long> FoldAsync(UsageFoldStore folds, CancellationToken measured)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var folded = 0L;
        while (!measured.IsCancellationRequested)
        {
            var last = await folds.FoldAsync(default);
            folded += last;
            if (last == UsageFoldStore.Limit)
                continue;
            try
            {
                await timer.WaitForNextTickAsync(measured);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        return folded;
    }

    static async Task ExecuteAsync(NpgsqlDataSource owner, string sql, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
