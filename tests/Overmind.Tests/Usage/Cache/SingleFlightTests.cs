using Microsoft.Extensions.DependencyInjection;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Testing;
using Overmind.Tests.Agents;
using Overmind.Usage.Cache;

namespace Overmind.Tests.Usage.Cache;

public class SingleFlightTests(CacheStage stage) : IClassFixture<CacheStage>
{
    const int Callers = 20;

    [Fact]
    public async Task Twenty_who_ask_the_same_at_once_make_one_call_on_one_node_and_over_two()
    {
        var (model, gate) = Gated();
        await using var one = await stage.HostAsync(model);
        await using var two = await stage.HostAsync(model);
        var prompt = CacheStage.Fresh("Say something.");

        var asking = AskAsync(i => i % 2 == 0 ? one : two, prompt);
        await AllReservedAsync();
        gate.SetResult();
        var answers = await asking;

        model.Calls.Count.ShouldBe(1);
        answers.Select(a => a.Text).Distinct().ShouldBe(["This is answer 1."]);
        answers.Count(a => a.Status == CacheStatus.Miss).ShouldBe(1);
        answers.Count(a => a.Status == CacheStatus.Hit).ShouldBe(Callers - 1);
        (await stage.Database.ScalarAsync<string>(
            "select concat_ws(' ', count(*) filter (where outcome = 'cached'), sum(cost), sum(tokens_input)) from token_usage where id = any($1)", answers.Select(a => a.Id).ToArray()))
            .ShouldBe("19 0.0016 100");
        (await stage.Database.ScalarAsync<long>(
            "select count(*) from overmind.cache_flights f join ai_response_cache c using (organization_id, cache_key) where c.ledger_id = any($1)", answers.Select(a => a.Id).ToArray()))
            .ShouldBe(0);
    }

    [Fact]
    public async Task When_the_call_that_others_wait_for_fails_one_of_them_makes_it()
    {
        var (model, gate) = Gated(failures: 2);
        await using var host = await stage.HostAsync(model);
        var prompt = CacheStage.Fresh("Say something.");

        var asking = AskAsync(_ => host, prompt);
        await AllReservedAsync();
        gate.SetResult();
        var answers = await asking;

        model.Calls.Count.ShouldBe(3);
        answers.Count(a => a.Result.Error is not null).ShouldBe(2);
        answers.Count(a => a.Text == "This is answer 3.").ShouldBe(Callers - 2);
        answers.Count(a => a.Status == CacheStatus.Hit).ShouldBe(Callers - 3);
    }

    [Fact]
    public async Task Whoever_stops_waiting_has_used_nothing()
    {
        var (model, gate) = Gated();
        await using var host = await stage.HostAsync(model);
        var prompt = CacheStage.Fresh("Say something.");
        var first = stage.AskAsync(host, prompt, CacheStage.Exact);
        await Poll.UntilAsync(() => Task.FromResult(model.Calls.Count == 1));

        using var stop = new CancellationTokenSource();
        var call = new Overmind.Agents.PlaygroundCall { Prompt = prompt, Model = FakeModel.Priced, Cache = CacheStage.Exact };
        var waiting = Task.Run(async () =>
        {
            await foreach (var _ in host.Services.GetRequiredService<Overmind.Agents.PlaygroundService>().AskAsync(stage.First.User, call, stop.Token))
            {
            }
        });
        await Poll.UntilAsync(async () => await stage.Database.ScalarAsync<long>("select count(*) from token_usage where id = $1", call.Id) == 1);
        await stop.CancelAsync();
        await waiting;
        gate.SetResult();
        await first;

        (await stage.Database.ScalarAsync<string>("select concat_ws(' ', outcome, tokens_input, tokens_output, cost) from token_usage where id = $1", call.Id)).ShouldBe("stopped 0 0 0");
        model.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lease_is_one_callers_until_it_ends_or_runs_out()
    {
        await using var host = await stage.HostAsync(CacheStage.Numbered());
        var store = host.Services.GetRequiredService<CacheStore>();
        var (me, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        (await BeginAsync(me)).ShouldBeTrue();
        (await BeginAsync(other)).ShouldBeFalse();
        (await BeginAsync(me)).ShouldBeTrue("it renews its own");
        (await store.BeginAsync(stage.Second.User, "lease", other, CacheFlight.Lease, CancellationToken.None)).Begun.ShouldBeTrue("another organization asks for itself");

        await stage.Database.ExecuteAsync("update overmind.cache_flights set expires_at = clock_timestamp() where organization_id = $1", stage.First.OrganizationId);
        (await BeginAsync(other)).ShouldBeTrue("whoever held it is gone");
        await store.EndAsync(stage.First.User, "lease", me, CancellationToken.None);
        (await BeginAsync(me)).ShouldBeFalse("it ends its own alone");
        await store.EndAsync(stage.First.User, "lease", other, CancellationToken.None);
        (await BeginAsync(me)).ShouldBeTrue();

        async Task<bool> BeginAsync(Guid holder) => (await store.BeginAsync(stage.First.User, "lease", holder, CacheFlight.Lease, CancellationToken.None)).Begun;
    }

    async Task<CacheAnswer[]> AskAsync(Func<int, RunHost> host, string prompt) =>
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => stage.AskAsync(host(i), prompt, CacheStage.Exact)));

    Task AllReservedAsync() => Poll.UntilAsync(async () => await stage.Database.ScalarAsync<long>("select count(*) from token_usage where status = 'reserved'") == Callers);

    /// <summary>A model whose first call waits for the gate; so many of its calls fail.</summary>
    static (FakeModel Model, TaskCompletionSource Gate) Gated(int failures = 0)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (new FakeModel((call, cancelled) => AnswerAsync(call, gate.Task, failures, cancelled)), gate);
    }

    static async IAsyncEnumerable<string> AnswerAsync(
        FakeCall call, Task gate, int failures, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        if (call.Number <= failures) throw new ModelCallException(ErrorCode.ModelOverloaded, "It is overloaded.");
        yield return $"This is answer {call.Number}.";
    }
}
