using Npgsql;
using Overmind.Testing;

namespace Overmind.Tests.Usage.Budgets;

/// <summary>Used and reserved of each budget are what the ledger's rows of its period say: at every moment, whatever happens at once.</summary>
public sealed class BudgetLawTests(TestPostgres postgres) : IAsyncLifetime
{
    readonly BudgetStage _stage = new(postgres);

    public async ValueTask InitializeAsync()
    {
        await _stage.InitializeAsync();
        await _stage.AddAsync("1000000");
        await _stage.AddAsync("500", "period", "'week'");
        await _stage.AddAsync("1000000", "dimension, unit", "'user', 'tokens'");
        await _stage.AddAsync("1000000", "dimension, unit, currency, period", "'model', 'money', 'USD', 'day'");
        await _stage.AddAsync("300", "dimension, subject, unit", "'model', 'openai/*', 'calls'");
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_happens_to_calls_one_after_the_other(int seed)
    {
        var random = new Random(seed);
        var writer = new UsageWriter(_stage.Database, _stage.Tenant, random);
        for (var step = 0; step < 40; step++)
        {
            await writer.StepAsync();
            if (random.Next(3) == 0)
                await FoldAsync();
            (await BudgetStage.DifferencesAsync(_stage.Database.Owner)).ShouldBeEmpty($"seed {seed}, step {step}");
        }

        await Poll.UntilAsync(async () =>
        {
            await FoldAsync();
            return await _stage.Database.ScalarAsync<long>("select count(*) from budgets where recount_after is not null") == 0;
        });
        (await BudgetStage.DifferencesAsync(_stage.Database.Owner)).ShouldBeEmpty("at the end");
    }

    [Fact]
    public async Task Whatever_happens_to_calls_at_once_while_budgets_are_folded_changed_and_switched()
    {
        using var written = new CancellationTokenSource();
        var writing = Enumerable.Range(0, 5).Select(i => WriteAsync(new UsageWriter(_stage.Database, _stage.Tenant, new Random(i)))).ToList();
        var folding = RepeatAsync(FoldAsync, written.Token);
        var looking = RepeatAsync(async () => (await BudgetStage.DifferencesAsync(_stage.Database.Owner)).ShouldBeEmpty("while it is written"), written.Token);
        var switching = RepeatAsync(
            () => _stage.Database.ExecuteAsync("update budgets set is_active = not is_active, limit_amount = limit_amount + 1 where id = (select id from budgets where period = 'week')"), written.Token);

        await Task.WhenAll(writing);
        await written.CancelAsync();
        await Task.WhenAll(folding, looking, switching);

        await Poll.UntilAsync(async () =>
        {
            await FoldAsync();
            return await _stage.Database.ScalarAsync<long>("select (select count(*) from budget_changes) + (select count(*) from budgets where recount_after is not null)") == 0;
        });
        (await BudgetStage.DifferencesAsync(_stage.Database.Owner)).ShouldBeEmpty("when all is folded");
        (await _stage.Database.ScalarAsync<decimal>("select sum(used) from budget_usage")).ShouldBeGreaterThan(0);
    }

    static async Task WriteAsync(UsageWriter writer)
    {
        for (var step = 0; step < 40; step++)
            await writer.StepAsync();
    }

    static async Task RepeatAsync(Func<Task> work, CancellationToken until)
    {
        do
        {
            try
            {
                await work();
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
                // A writer reserved for two members in one transaction, in an order of its own; this is undone, and made again.
            }
        }
        while (!until.IsCancellationRequested);
    }

    Task<long> FoldAsync() => _stage.Database.ScalarAsync<long>("select overmind.fold_budgets()");
}
