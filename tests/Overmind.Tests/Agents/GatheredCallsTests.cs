using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Overmind.Agents;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Models.Providers;
using Overmind.Postgres;
using Overmind.Usage;

namespace Overmind.Tests.Agents;

public class GatheredCallsTests(RunStage stage) : IClassFixture<RunStage>
{
    const int Calls = 40;

    static readonly ModelReference Model = new("openai", "gpt-4o");

    [Fact]
    public async Task Calls_that_come_at_once_are_written_in_few_transactions_and_each_is_its_own()
    {
        await using var host = await stage.HostAsync(new FakeModel(_ => "Done."));
        var store = host.Services.GetRequiredService<PlaygroundStore>();
        var calls = Enumerable.Range(1, Calls).Select(number => (Id: Guid.CreateVersion7(), Number: number)).ToList();

        await Task.WhenAll(calls.Select(call => ReserveAsync(store, call.Id, call.Number)));
        (await StatesAsync()).ShouldBe("reserved 40");
        (await TransactionsAsync()).ShouldBeLessThan(Calls / 2);
        var settled = await Task.WhenAll(calls.Select(call => store.SettleAsync(stage.User, call.Id, Model, Used(call.Number))));

        settled.Select(usage => usage.CostUsd).ShouldBe(calls.Select(call => (decimal?)(call.Number * 0.0000025m)));
        (await stage.Database.ScalarAsync<long>(
            "select count(*) from token_usage where status = 'settled' and user_id = $1 and trace_id = 'request-' || tokens_input and (metadata ->> 'estimated_tokens_input')::integer = tokens_input and cost = tokens_input * 0.0000025",
            stage.User.UserId!.Value)).ShouldBe(Calls);
        (await TransactionsAsync()).ShouldBeLessThan(Calls / 2);
        await stage.Database.ExecuteAsync("delete from token_usage");
    }

    [Fact]
    public async Task Of_those_that_come_at_once_a_budget_lets_as_many_through_as_it_has()
    {
        await using var host = await stage.HostAsync(new FakeModel(_ => "Done."));
        var store = host.Services.GetRequiredService<PlaygroundStore>();
        await stage.Database.ExecuteAsync(
            "insert into budgets (organization_id, name, limit_amount, dimension, period, unit) values ($1, 'seven', 7, 'user', 'month', 'calls')", stage.User.OrganizationId!.Value);
        var ids = Enumerable.Range(0, Calls).Select(_ => Guid.CreateVersion7()).ToList();

        var refused = await Task.WhenAll(ids.Select(async id =>
        {
            try
            {
                await ReserveAsync(store, id, 1);
                return (Id: id, Is: false);
            }
            catch (OvermindException error) when (error.Code is ErrorCode.BudgetExceeded)
            {
                return (Id: id, Is: true);
            }
        }));

        refused.Count(r => !r.Is).ShouldBe(7);
        (await StatesAsync()).ShouldBe("reserved 7, settled 33");
        (await stage.Database.ScalarAsync<Guid[]>("select array_agg(id) from token_usage where status = 'reserved'")).ShouldBe(refused.Where(r => !r.Is).Select(r => r.Id), ignoreOrder: true);
        await stage.Database.ExecuteAsync("delete from token_usage");
        await stage.Database.ExecuteAsync("delete from budgets");
    }

    [Fact]
    public async Task One_that_cannot_be_written_takes_no_other_with_it()
    {
        await using var host = await stage.HostAsync(new FakeModel(_ => "Done."));
        var store = host.Services.GetRequiredService<PlaygroundStore>();
        var id = Guid.CreateVersion7();
        await ReserveAsync(store, id, 1);

        var again = Enumerable.Range(0, 9).Select(number => ReserveAsync(store, number == 4 ? id : Guid.CreateVersion7(), 1)).ToList();
        await Task.WhenAll(again).ContinueWith(_ => { }, TaskScheduler.Default);

        again.Where(task => task.IsFaulted).ShouldHaveSingleItem().ShouldBe(again[4]);
        (await StatesAsync()).ShouldBe("reserved 9");
        await stage.Database.ExecuteAsync("delete from token_usage");
    }

    [Fact]
    public async Task Who_goes_away_while_a_call_is_reserved_pays_nothing_for_it()
    {
        await using var host = await stage.HostAsync(new FakeModel(_ => "Done."));
        var store = host.Services.GetRequiredService<PlaygroundStore>();
        using var gone = new CancellationTokenSource();
        await using var keeper = await stage.Database.Owner.OpenConnectionAsync();
        await using var kept = await keeper.BeginTransactionAsync();
        await using (var keep = new NpgsqlCommand("lock table token_usage", keeper))
            await keep.ExecuteNonQueryAsync();

        var reserving = ReserveAsync(store, Guid.CreateVersion7(), 1, gone.Token);
        await gone.CancelAsync();
        await kept.CommitAsync();

        await Should.ThrowAsync<OperationCanceledException>(reserving);
        (await stage.Database.ScalarAsync<string>("select concat_ws(' ', status, outcome, cost, tokens_input) from token_usage")).ShouldBe("settled stopped 0 0");
        await stage.Database.ExecuteAsync("delete from token_usage");
    }

    Task<OrganizationSettings> ReserveAsync(PlaygroundStore store, Guid id, int number, CancellationToken cancellationToken = default) => store.ReserveAsync(
        stage.User with { Origin = new RequestOrigin(null, null, $"request-{number}") },
        new ReservedCall { Id = id, What = "completion", Model = Model, PromptTokens = number, MaxTokens = 0 }, TimeProvider.System.GetUtcNow().AddMinutes(15), cancellationToken);

    static CallUsage Used(int input) => new() { Counts = new TokenCounts { Input = input, Output = 0 }, Outcome = CallOutcome.Succeeded };

    Task<string> StatesAsync() => stage.Database.ScalarAsync<string>(
        "select string_agg(status || ' ' || n, ', ' order by status) from (select status, count(*) as n from token_usage group by status) as s");

    Task<long> TransactionsAsync() => stage.Database.ScalarAsync<long>("select count(distinct xmin::text) from token_usage");
}
