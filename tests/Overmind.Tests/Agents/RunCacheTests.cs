using Overmind.Agents;
using Overmind.Usage.Cache;

namespace Overmind.Tests.Agents;

public class RunCacheTests(RunStage stage) : IClassFixture<RunStage>
{
    static readonly CacheRequest Exact = new() { Mode = CacheMode.Exact, Tags = ["runs"] };

    [Fact]
    public async Task A_run_that_asks_what_was_asked_before_costs_nothing_and_its_steps_say_why()
    {
        var model = new FakeModel(FakeModel.Good(9.5));
        var options = RunStage.Priced(new RunOptions { Cache = Exact with { QualityTier = "twice" } });
        var (first, _) = await stage.AskAsync(model, options);
        var calls = model.Calls.Count;

        var (second, events) = await stage.AskAsync(model, options with { Id = Guid.CreateVersion7() });

        model.Calls.Count.ShouldBe(calls);
        (second.Answer, second.BestScore, second.TokensInput, second.CostUsd).ShouldBe((first.Answer, first.BestScore, 0, 0));
        first.CostUsd!.Value.ShouldBeGreaterThan(0);
        await using var idle = await RunHost.StartAsync(stage.Database, model.Models, worker: false);
        (await idle.Runs.StepsAsync(stage.User, first.Id, CancellationToken.None)).ShouldAllBe(s => s.Cache == null && s.CacheHitId == null);
        var steps = await idle.Runs.StepsAsync(stage.User, second.Id, CancellationToken.None);
        steps.Count.ShouldBe(calls);
        steps.ShouldAllBe(s => s.Cache == CacheHitKind.Exact && s.CostUsd == 0 && s.Status == StepStatus.Succeeded);
        events.Where(e => e.Type == "step.completed").ShouldAllBe(e => e.Data.GetProperty("cache").GetString() == "exact");
        (await stage.Database.ScalarAsync<bool>("select tokens_saved = 120 and cost_saved = 0.0016 from cache_lookups where id = $1", steps[0].CacheHitId!.Value)).ShouldBeTrue();
        await stage.ShouldAddUpAsync(first.Id);
        await stage.ShouldAddUpAsync(second.Id);
    }

    [Fact]
    public async Task The_organizations_setting_holds_where_a_run_says_nothing()
    {
        await stage.Database.ExecuteAsync("""update organizations set settings = settings || '{"response_cache": {"mode": "exact"}}'""");
        var model = new FakeModel(FakeModel.Good(9.5));
        try
        {
            await stage.AskAsync(model, RunStage.Priced());
            var calls = model.Calls.Count;
            (await stage.AskAsync(model, RunStage.Priced())).Run.CostUsd.ShouldBe(0);
            model.Calls.Count.ShouldBe(calls);
            (await stage.AskAsync(model, RunStage.Priced(new RunOptions { Cache = new CacheRequest { Mode = CacheMode.Off } }))).Run.CostUsd!.Value.ShouldBeGreaterThan(0);
        }
        finally
        {
            await stage.Database.ExecuteAsync("update organizations set settings = settings - 'response_cache'");
        }
    }

    [Fact]
    public async Task A_call_that_is_made_again_asks_the_model_and_its_answer_is_the_one_that_is_kept()
    {
        var options = new RunOptions { Cache = Exact with { QualityTier = "again" } };
        var model = new FakeModel(FakeModel.Good(null, 9.5));
        await stage.AskAsync(model, options);

        // Its verdict could not be read and was asked for again: with the reason, which is another request.
        var inspections = model.Calls.Count(c => c.Part == "inspect");
        var (again, _) = await stage.AskAsync(model, options with { Id = Guid.CreateVersion7() });

        inspections.ShouldBe(2);
        model.Calls.Count(c => c.Part == "inspect").ShouldBe(inspections);
        again.BestScore.ShouldBe(9.5);
    }

    [Fact]
    public async Task A_retry_asks_the_model_anew()
    {
        var options = new RunOptions { Cache = Exact with { QualityTier = "retry" }, MaxN2Iterations = 1 };
        var good = FakeModel.Good(9.5);
        var model = new FakeModel(call => call.Part == "assemble" && call.Number == 1 ? throw new InvalidOperationException("broken") : good(call));
        var (failed, _) = await stage.AskAsync(model, options);
        failed.Status.ShouldBe(RunStatus.Failed);
        var before = model.Calls.Count;

        await using var host = await stage.HostAsync(model);
        await host.Runs.RetryAsync(stage.User, failed.Id, CancellationToken.None);
        await host.WatchAsync(stage.User, failed.Id);

        (await host.Runs.GetAsync(stage.User, failed.Id, CancellationToken.None)).Status.ShouldBe(RunStatus.Succeeded);
        model.Calls.Count.ShouldBe(before + 2);
        (await host.Runs.StepsAsync(stage.User, failed.Id, CancellationToken.None)).ShouldAllBe(s => s.Cache == null);
    }
}
