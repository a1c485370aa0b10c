using Overmind.Bench.Budgets;
using Overmind.Bench.DataSets;
using Overmind.Bench.Floor;
using Overmind.Bench.Gateway;
using Overmind.Bench.Jobs;
using Overmind.Bench.Measures;
using Overmind.Bench.Memories;
using Overmind.Bench.Reports;
using Overmind.Bench.Streams;
using Overmind.Conversations;
using Overmind.Postgres;

namespace Overmind.Bench;

/// <summary>All measurements, one after the other, on one data set.</summary>
static class Benchmark
{
    public static async Task<Report> RunAsync(string folder, BenchOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        var report = new Report { Options = options };
        if (BenchSection.OnDataSet.Any(options.Sections.Contains)) report = await OnDataSetAsync(report, folder, progress, cancellationToken);
        if (options.Sections.Contains(BenchSection.Embedder)) report = report with { Embedder = Embedder(options, progress) };
        if (options.Sections.Contains(BenchSection.Audit))
        {
            progress("A write with and without its row in the audit log");
            var (audit, version) = await AuditMeasure.RunAsync($"{folder}-audit", options, progress, cancellationToken);
            report = report with { Audit = audit, PostgresVersion = report.PostgresVersion ?? version };
        }

        if (options.Sections.Contains(BenchSection.Access))
        {
            var (access, version) = await AccessMeasure.RunAsync($"{folder}-access", options, progress, cancellationToken);
            report = report with { Access = access, PostgresVersion = report.PostgresVersion ?? version };
        }

        if (options.Sections.Contains(BenchSection.Rollup))
        {
            progress("The ledger with and without the sums of usage");
            var (rollup, version) = await RollupMeasure.RunAsync($"{folder}-rollup", options, progress, cancellationToken);
            report = report with { Rollup = rollup, PostgresVersion = report.PostgresVersion ?? version };
        }

        if (options.Sections.Contains(BenchSection.Budgets))
        {
            var (budgets, version) = await BudgetMeasure.RunAsync($"{folder}-budgets", options, progress, cancellationToken);
            report = report with { Budgets = budgets, PostgresVersion = report.PostgresVersion ?? version };
        }

        if (options.Sections.Contains(BenchSection.Cache))
        {
            var (cache, version) = await CacheMeasure.RunAsync($"{folder}-cache", options, progress, cancellationToken);
            report = report with { Cache = cache, PostgresVersion = report.PostgresVersion ?? version };
        }

        if (options.Sections.Contains(BenchSection.Search))
        {
            var (search, version) = await SearchMeasure.RunAsync($"{folder}-search", options, progress, cancellationToken);
            report = report with { Search = search, PostgresVersion = report.PostgresVersion ?? version };
        }

        if (options.Sections.Contains(BenchSection.Memory) || options.Sections.Contains(BenchSection.Remember))
        {
            var (memory, version) = await MemoryMeasure.RunAsync($"{folder}-memory", options, progress, cancellationToken);
            report = report with { Memory = memory, PostgresVersion = report.PostgresVersion ?? version };
        }

        if (options.Sections.Contains(BenchSection.Tenants))
            report = report with { Tenants = await TenantMeasure.RunAsync($"{folder}-tenants", options.Messages / 100, progress, cancellationToken) };

        if (options.Sections.Contains(BenchSection.Conversations))
        {
            var (conversations, version) = await ConversationMeasure.RunAsync($"{folder}-conversations", options, progress, cancellationToken);
            report = report with { Conversations = conversations, PostgresVersion = report.PostgresVersion ?? version };
        }

        if (options.Sections.Contains(BenchSection.Gateway))
        {
            var (gateway, version) = await GatewayMeasure.RunAsync($"{folder}-gateway", options, progress, cancellationToken);
            report = report with { Gateway = gateway, PostgresVersion = report.PostgresVersion ?? version };
        }

        if (options.Sections.Contains(BenchSection.Dashboards))
        {
            progress("Reports of usage over a large ledger");
            var (dashboards, version) = await DashboardMeasure.RunAsync($"{folder}-dashboards", progress, cancellationToken);
            report = report with { Dashboards = dashboards, PostgresVersion = report.PostgresVersion ?? version };
        }

        if (options.Sections.Contains(BenchSection.Jobs))
            report = report with { Jobs = await JobsMeasure.RunAsync($"{folder}-jobs", jobs: 100_000, soakSeconds: 120, progress, cancellationToken) };
        return report;
    }

    static async Task<Report> OnDataSetAsync(Report report, string folder, Action<string> progress, CancellationToken cancellationToken)
    {
        var options = report.Options;
        var dataSet = new DataSet(options.Messages);
        await using var database = await BenchDatabase.OpenAsync(folder, dataSet, progress, cancellationToken);
        var batches = await CaptureAsync(database, dataSet);
        report = report with { DataSet = dataSet, PostgresVersion = database.Version };
        if (options.Sections.Contains(BenchSection.Http))
            report = report with { Http = await HttpAsync(folder, database, dataSet, batches, options, progress, cancellationToken) };
        if (options.Sections.Contains(BenchSection.Rls))
            report = report with { Rls = await RlsAsync(database, dataSet, batches, options, progress, cancellationToken) };
        if (options.Sections.Contains(BenchSection.Runs))
            report = report with { Runs = await RunsAsync(database, options, progress, cancellationToken) };
        if (options.Sections.Contains(BenchSection.Streams))
            report = report with { Streams = await StreamsAsync(folder, database, options, progress, cancellationToken) };
        return report;
    }

    static Target Captured { get; } = new(OrganizationNumber: 1, MemberNumber: 1, ConversationNumber: 1);

    static async Task<Dictionary<HttpOperation, CapturedBatch>> CaptureAsync(BenchDatabase database, DataSet dataSet)
    {
        var batches = new Dictionary<HttpOperation, CapturedBatch>();
        foreach (var operation in HttpOperation.All)
            batches[operation] = await CapturedBatch.OfAsync(database.RequestLogin, source =>
            {
                var requests = new Database(source);
                return operation.Call(new ConversationService(new ConversationStore(requests), new MessageStore(requests)), Captured);
            });
        return batches;
    }

    static async Task<IReadOnlyList<Comparison>> HttpAsync(
        string folder, BenchDatabase database, DataSet dataSet, Dictionary<HttpOperation, CapturedBatch> batches, BenchOptions options,
        Action<string> progress, CancellationToken cancellationToken)
    {
        await database.SettleAsync(progress, cancellationToken);
        var tokens = await HttpMeasure.KeysAsync(database, dataSet, cancellationToken);
        await using var server = await ServerUnderTest.StartAsync(Path.Combine(folder, "server"), database.Owner, cancellationToken);
        var measure = new HttpMeasure(database, server, dataSet, options);
        var comparisons = new List<Comparison>();
        foreach (var (operation, batch) in batches)
        {
            progress($"Over HTTP and through pgbench: {operation.Name}");
            comparisons.AddRange(await measure.RunAsync(operation, batch, Captured, tokens, cancellationToken));
        }
        return comparisons;
    }

    static async Task<IReadOnlyList<Comparison>> RlsAsync(
        BenchDatabase database, DataSet dataSet, Dictionary<HttpOperation, CapturedBatch> batches, BenchOptions options, Action<string> progress,
        CancellationToken cancellationToken)
    {
        await database.SettleAsync(progress, cancellationToken);
        var comparisons = new List<Comparison>();
        foreach (var (operation, batch) in batches.Where(batch => batch.Key.IsReading))
        {
            progress($"Row-level security and predicates by hand: {operation.Name}");
            comparisons.Add(await RlsMeasure.RunAsync(operation, batch, Captured, database, Target.Sample(dataSet), options, cancellationToken));
        }
        return comparisons;
    }

    static async Task<IReadOnlyList<RunOverhead>> RunsAsync(
        BenchDatabase database, BenchOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        await database.SettleAsync(progress, cancellationToken);
        progress("Runs of six agents and one iteration with an instant model");
        var one = await RunMeasure.RunAsync(database, options, mostP95: 25, [9.5], cancellationToken);
        progress("Runs of six agents and four iterations with an instant model");
        // Each gains enough to go on, and none reaches the threshold.
        return [one, await RunMeasure.RunAsync(database, options, mostP95: 100, [5, 6, 7, 8], cancellationToken)];
    }

    static async Task<StreamFigures> StreamsAsync(
        string folder, BenchDatabase database, BenchOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        await database.SettleAsync(progress, cancellationToken);
        await using var stage = await StreamStage.StartAsync(folder, database, StreamMemoryMeasure.Most, cancellationToken);
        progress("The first byte of a streamed answer");
        var firstBytes = await new FirstByteMeasure(stage, options).RunAsync(cancellationToken);
        progress("Memory with 50, 100 and 200 streams");
        return new StreamFigures(firstBytes, await new StreamMemoryMeasure(stage, options).RunAsync(cancellationToken));
    }

    static EmbedderFigures Embedder(BenchOptions options, Action<string> progress)
    {
        progress("The built-in embedder");
        return EmbedderMeasure.Run(options);
    }
}
