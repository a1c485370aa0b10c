using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Usage;

namespace Overmind.Tests.Usage;

/// <summary>sum(daily) = sum(metrics, each grain) = sum(ledger), by each dimension and hour and day, in every snapshot.</summary>
public sealed class UsageLawTests(TestPostgres postgres) : IAsyncLifetime
{
    const int Writers = 6;

    TestDatabase _database = null!;
    TestTenants _tenants = null!;
    UsageFoldStore _folds = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync();
        _tenants = await TestTenants.CreateAsync(_database);
        _folds = new UsageFoldStore(_database.Database, new UnpooledDataSource(_database.Direct));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happens_to_calls_one_after_the_other_the_sums_are_the_ledgers(int seed)
    {
        var random = new Random(seed);
        var writer = new UsageWriter(_database, _tenants.First, random);
        var used = new HashSet<string>();
        for (var step = 0; step < 40; step++)
        {
            await writer.StepAsync();
            if (random.Next(3) == 0)
                await _folds.FoldAsync(default);
            if (random.Next(6) == 0)
                await _folds.RebuildStaleAsync(default);
            used.Add((await HoldsAsync($"seed {seed}, step {step}")).Sums[0].Tokens);
        }

        used.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Whatever_happens_to_calls_at_once_while_sums_are_folded_and_rebuilt_they_are_the_ledgers_at_every_moment()
    {
        using var written = new CancellationTokenSource();
        var tenants = new[] { _tenants.First, _tenants.Second };
        var writing = Enumerable.Range(0, Writers).Select(i => WriteAsync(new UsageWriter(_database, tenants[i % 2], new Random(i)))).ToList();
        var folding = RepeatAsync(() => _folds.FoldAsync(default), written.Token);
        var rebuilding = RepeatAsync(() => UsageVerifier.RebuildAsync(_database.Owner, default), written.Token);
        var moving = RepeatAsync(() => _folds.RebuildStaleAsync(default), written.Token);
        var looking = RepeatAsync(() => HoldsAsync("while it is written"), written.Token);

        await Task.WhenAll(writing);
        await written.CancelAsync();
        await Task.WhenAll(folding, rebuilding, moving, looking);

        (await looking).ShouldBeGreaterThan(0);
        await HoldsAsync("at the end");
        await FoldAllAsync();
        while (await _folds.RebuildStaleAsync(default))
        {
        }
        (await HoldsAsync("when all is folded")).Sums[0].Tokens.ShouldNotBe("0");
    }

    [Fact]
    public async Task Sums_that_somebody_changed_are_named_and_a_rebuild_restores_them()
    {
        await _database.ExecuteAsync(
            """
            insert into token_usage (organization_id, user_id, provider, model, status, settled_at, tokens_input, latency_ms)
            select $1, $2, 'openai', 'gpt-4o', 'settled', now(), n, n
            from generate_series(1, 20) as n
            """, _tenants.First.OrganizationId, _tenants.First.User.UserId!);
        await FoldAllAsync();
        await _database.ExecuteAsync("update usage_totals set tokens_input = tokens_input + 1 where dimension = 'model' and grain = 'hour'");
        await _database.ExecuteAsync("delete from usage_totals where dimension = 'organization' and grain = 'day'");
        await _database.ExecuteAsync("update usage_latencies set calls = calls + 1 where dimension = 'user'");

        var found = await UsageVerifier.VerifyAsync(_database.Owner, default);
        found.Holds.ShouldBeFalse();
        found.Differences.ShouldContain(difference => difference.Dimension == "model" && difference.Grain == "hour" && difference.Of!.StartsWith("openai/", StringComparison.Ordinal));
        found.Differences.ShouldContain(difference => difference.Dimension == "organization" && difference.Hour == null);
        found.Differences.ShouldContain(difference => difference.LatencyBucket != null);
        found.Sums.Single(sum => sum.Of == "token_usage_daily").ShouldNotBe(found.Sums[0] with { Of = "token_usage_daily" });

        await UsageVerifier.RebuildAsync(_database.Owner, default);
        await HoldsAsync("rebuilt");
    }

    [Fact]
    public async Task What_is_no_call_is_kept_when_sums_are_rebuilt_and_follows_the_zone()
    {
        var organization = _tenants.First.OrganizationId;
        await _database.ExecuteAsync(
            """
            insert into usage_changes (organization_id, user_id, created_at, queries, messages, errors)
            values ($1, $2, '2026-03-10 23:30+00', 1, 2, 1), ($1, $2, '2026-03-11 01:30+00', 1, 0, 0)
            """, organization, _tenants.First.User.UserId!);
        await _folds.FoldAsync(default);
        (await DaysAsync()).ShouldBe(["2026-03-10 1 2 1", "2026-03-11 1 0 0"]);

        await _database.ExecuteAsync("update organizations set timezone = 'Europe/Berlin' where id = $1", organization);
        (await _folds.RebuildStaleAsync(default)).ShouldBeTrue();
        (await _folds.RebuildStaleAsync(default)).ShouldBeFalse();
        (await DaysAsync()).ShouldBe(["2026-03-11 2 2 1"]);

        async Task<string[]> DaysAsync() => await _database.ScalarAsync<string[]>(
            """
            select array_agg(concat_ws(' ', metric_date, query_count, message_count, error_count) order by metric_date)
            from usage_metrics
            where dimension = 'organization' and metric_hour is null
            """);
    }

    [Fact]
    public async Task A_purged_organization_leaves_no_sums()
    {
        var organization = _tenants.Second.OrganizationId;
        await _database.ExecuteAsync(
            "insert into token_usage (organization_id, provider, model, status, settled_at, tokens_input, latency_ms) select $1, 'openai', 'gpt-4o', 'settled', now(), 5, 5 from generate_series(1, 3)",
            organization);
        await _folds.FoldAsync(default);
        await _database.ExecuteAsync("update token_usage set tokens_input = 6 where organization_id = $1", organization);
        await _database.ExecuteAsync("update organizations set deleted_at = now(), status = 'cancelled', cancelled_at = now(), ends_at = now() where id = $1", organization);

        (await _database.ScalarAsync<bool>("select overmind.purge_organization($1)", organization)).ShouldBeTrue();

        foreach (var table in (string[])["usage_changes", "usage_totals", "usage_latencies"])
            (await _database.ScalarAsync<long>($"select count(*) from {table} where organization_id = $1", organization)).ShouldBe(0, table);
    }

    static async Task WriteAsync(UsageWriter writer)
    {
        for (var step = 0; step < 60; step++)
            await writer.StepAsync();
    }

    static async Task<int> RepeatAsync(Func<Task> work, CancellationToken until)
    {
        var times = 0;
        for (; times == 0 || !until.IsCancellationRequested; times++)
            await work();
        return times;
    }

    // A fold leaves it to another that is under way, and one that was killed is under way until its server process has seen it.
    Task FoldAllAsync() => Poll.UntilAsync(async () =>
    {
        await _folds.FoldAsync(default);
        return await _database.ScalarAsync<long>("select count(*) from usage_changes") == 0;
    });

    async Task<UsageVerification> HoldsAsync(string when)
    {
        var found = await UsageVerifier.VerifyAsync(_database.Owner, default);
        found.Differences.ShouldBeEmpty(when);
        found.Holds.ShouldBeTrue($"{when}: {string.Join(", ", found.Sums)}");
        return found;
    }
}
