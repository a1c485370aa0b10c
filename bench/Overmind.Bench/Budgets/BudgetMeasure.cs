using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Overmind.Access;
using Overmind.Bench.Floor;
using Overmind.Bench.Measures;
using Overmind.Postgres;
using Overmind.Postgres.Embedded;
using Overmind.Usage;

namespace Overmind.Bench.Budgets;

/// <summary>
/// Reserving and settling on one budget at a rate that is offered whatever the database does; what the triggers cost where there is no budget; and processes that
/// race for what is left of one.
/// </summary>
static class BudgetMeasure
{
    const int Processes = 4;

    const int Connections = 16;

    const decimal Limit = 5;

    /// <summary>Of a reservation's rate, without a budget.</summary>
    const double LeastOfBare = 0.9;

    static readonly string[] Triggers = ["reserve_budgets", "settle_budgets_after_insert", "settle_budgets_after_update", "settle_budgets_after_delete"];

    public static async Task<(BudgetFigures Figures, string PostgresVersion)> RunAsync(
        string folder, BenchOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Log = progress }, cancellationToken);
        await using var opened = await OvermindDatabase.OpenAsync(new OvermindDatabaseOptions { ConnectionString = postgres.OwnerConnectionString }, cancellationToken);
        await using var owner = NpgsqlDataSource.Create($"{postgres.OwnerConnectionString};Max Auto Prepare=10;Maximum Pool Size={Connections};Timeout=300");
        var database = new Database(opened.Requests);
        var first = new FirstOrganization(database, new PasswordHasher());
        var claims = await first.CreateAsync("bench@example.test", "bench", cancellationToken) ?? (await first.FindAdminAsync(cancellationToken))!;
        var (organization, user) = (claims.OrganizationId!.Value, claims.UserId!.Value);
        await ExecuteAsync(owner, "delete from budgets; truncate token_usage, usage_changes, usage_totals, usage_latencies, budget_changes", cancellationToken);

        progress("Reserving without a budget, and without its triggers");
        var inserts = await InsertsAsync(postgres, owner, organization, user, options, cancellationToken);

        await SetBudgetAsync(owner, organization, 1_000_000, cancellationToken);
        var folds = new UsageFoldStore(database, new UnpooledDataSource(opened.Direct));
        var paced = new List<PacedCalls>();
        foreach (var offered in BudgetFigures.Offered)
        {
            progress($"Reserving and settling {offered} calls a second on one budget");
            paced.Add(await PacedAsync(new BudgetCalls(database, claims), offered, folds, options, cancellationToken));
        }

        progress($"{Processes} processes racing for {Limit} US dollars");
        await ExecuteAsync(owner, "truncate token_usage", cancellationToken);
        await SetBudgetAsync(owner, organization, Limit, cancellationToken);
        var racers = Enumerable.Range(0, Processes).Select(_ => BudgetRacer.Start(postgres.OwnerConnectionString, organization, user)).ToList();
        foreach (var racer in racers) racer.StandardInput.Close();
        foreach (var racer in racers)
        {
            await racer.WaitForExitAsync(cancellationToken);
            racer.Dispose();
        }

        await using var read = owner.CreateCommand(
            "select count(*), coalesce(sum(cost), 0), split_part(current_setting('server_version'), ' ', 1) from token_usage where outcome <> 'blocked'");
        await using var row = await read.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (new BudgetFigures(paced, inserts, Processes, row.GetInt64(0), Limit, row.GetDecimal(1)), row.GetString(2));
    }

    static async Task<Comparison> InsertsAsync(
        EmbeddedPostgres postgres, NpgsqlDataSource owner, Guid organization, Guid user, BenchOptions options, CancellationToken cancellationToken)
    {
        var insert = new PgbenchScripts(
            [$"""
                insert into token_usage (organization_id, user_id, provider, model, metadata)
                values ('{organization}', '{user}', 'openai', 'gpt-4o', jsonb_build_object('estimated_tokens_input', 500, 'max_output_tokens', 500));
                """], new Dictionary<string, string>());
        var pgbench = new Pgbench(postgres.BinFolder, $"{postgres.OwnerConnectionString};Options=-c synchronous_commit=off");
        async Task<Latencies> WithAsync(string state)
        {
            await ExecuteAsync(owner, string.Concat(Triggers.Select(name => $"alter table token_usage {state} trigger {name};")), cancellationToken);
            return await pgbench.RunAsync(insert, 1, 1, options.Seconds / options.Rounds, cancellationToken);
        }

        var (with, without) = await Rounds.InTurnAsync(options.Rounds, () => WithAsync("enable"), () => WithAsync("disable"));
        await WithAsync("enable");
        return new Comparison("reserve a call without a budget, not waiting for the disk", 1, with.Median, without.Median, LeastOfBare);
    }

    /// <summary>Each call is begun when it is due, whether those before have ended or not; its time counts from then.</summary>
    static async Task<PacedCalls> PacedAsync(BudgetCalls calls, int offered, UsageFoldStore folds, BenchOptions options, CancellationToken cancellationToken)
    {
        var (reserved, settled) = (new ConcurrentBag<double>(), new ConcurrentBag<double>());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var folding = FoldAsync(folds, ended.Token);
        // The first second is not counted: connections are opened in it.
        var (count, warmUp) = ((int)((options.Seconds + 1) * offered), offered);
        var clock = Stopwatch.StartNew();
        var running = new List<Task>(count);
        for (var number = 0; number < count; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / offered);
            while (clock.Elapsed < due)
                await Task.Delay(1, cancellationToken);
            running.Add(CallAsync(number, due));
        }

        await Task.WhenAll(running);
        await ended.CancelAsync();
        await folding;
        return new PacedCalls(offered, Latencies.Of(reserved, options.Seconds), Latencies.Of(settled, options.Seconds));

        async Task CallAsync(int number, TimeSpan due)
        {
            var id = Guid.CreateVersion7();
            await calls.ReserveAsync(id, cancellationToken);
            var began = clock.Elapsed;
            if (number >= warmUp) reserved.Add((began - due).TotalMilliseconds);
            await calls.SettleAsync(id, 80);
            if (number >= warmUp) settled.Add((clock.Elapsed - began).TotalMilliseconds);
        }
    }

    static async Task FoldAsync(UsageFoldStore folds, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!ended.IsCancellationRequested)
        {
            await folds.FoldAsync(default);
            await folds.FoldBudgetsAsync(default);
            try
            {
                await timer.WaitForNextTickAsync(ended);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    static async Task SetBudgetAsync(NpgsqlDataSource owner, Guid organization, decimal limit, CancellationToken cancellationToken)
    {
        await ExecuteAsync(owner, "delete from budgets; truncate budget_changes", cancellationToken);
        await using var command = owner.CreateCommand(
            "insert into budgets (organization_id, name, dimension, period, unit, currency, limit_amount) values ($1, 'bench', 'organization', 'month', 'money', 'USD', $2)");
        command.Parameters.Add(new() { Value = organization });
        command.Parameters.Add(new() { Value = limit });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static async Task ExecuteAsync(NpgsqlDataSource owner, string sql, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
