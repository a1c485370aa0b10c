using Overmind.Agents;

namespace Overmind.Tests.Agents;

/// <summary>Real processes, really killed: while a run waits, as it is approved, in a delegation, after a retry. It ends like an undisturbed one.</summary>
public class RunControlCrashTests(RunStage stage) : IClassFixture<RunStage>
{
    const string Question = "How does a lighthouse warn ships in fog, and what did keepers do before electricity?";

    [Fact]
    public async Task A_run_whose_worker_is_killed_while_it_waits_and_as_it_is_approved_ends_like_an_undisturbed_one()
    {
        await using var observer = await RunHost.StartAsync(stage.Database, worker: false);
        var expected = await UndisturbedAsync(observer);

        var run = await AskAsync(observer);
        await using (WorkerProcess.Start(stage.Database, tokensPerSecond: 5000, leaseSeconds: 60))
            await SeenAsync(observer, run, e => e.Type == "run.waiting");
        // Its worker is dead; nobody held the job.
        (await stage.Database.ScalarAsync<string>("select status from jobs where unique_key = $1", run.Id.ToString())).ShouldBe("pending");
        await observer.Runs.ApproveAsync(stage.User, run.Id, null, CancellationToken.None);
        await using (WorkerProcess.Start(stage.Database, tokensPerSecond: 150, leaseSeconds: 60))
            await SeenAsync(observer, run, e => e.Type == "step.delta" && StepKey(e).StartsWith("2/", StringComparison.Ordinal));
        await using (WorkerProcess.Start(stage.Database, tokensPerSecond: 5000, leaseSeconds: 60)) await observer.WatchAsync(stage.User, run.Id);

        await ShouldEndLikeAsync(observer, run, expected);
    }

    [Fact]
    public async Task A_run_whose_worker_is_killed_in_a_delegation_asks_the_other_agent_again_and_nobody_else()
    {
        await stage.Database.ExecuteAsync("update agent_configurations set allow_delegation = true where key = 'creative'");
        try
        {
            await using var observer = await RunHost.StartAsync(stage.Database, worker: false);
            var expected = await UndisturbedAsync(observer);
            (await observer.Runs.StepsAsync(stage.User, expected, CancellationToken.None)).Count(s => s.Phase is StepPhase.Delegate).ShouldBe(2);

            var run = await AskAsync(observer);
            await using (WorkerProcess.Start(stage.Database, tokensPerSecond: 100, leaseSeconds: 60))
                await SeenAsync(observer, run, e => e.Type == "step.delta" && StepKey(e).StartsWith("1/delegate:creative>", StringComparison.Ordinal));
            await using (WorkerProcess.Start(stage.Database, tokensPerSecond: 5000, leaseSeconds: 60))
            {
                await SeenAsync(observer, run, e => e.Type == "run.waiting");
                await observer.Runs.ApproveAsync(stage.User, run.Id, null, CancellationToken.None);
                await observer.WatchAsync(stage.User, run.Id);
            }

            await ShouldEndLikeAsync(observer, run, expected);
            var asker = (await observer.Runs.StepsAsync(stage.User, run.Id, CancellationToken.None)).Single(s => s.StepKey == "1/agent:creative");
            asker.Attempt.ShouldBe(2, "its delegation was recorded before the kill");
        }
        finally
        {
            await stage.Database.ExecuteAsync("update agent_configurations set allow_delegation = false where key = 'creative'");
        }
    }

    [Fact]
    public async Task A_retried_run_whose_worker_is_killed_ends_like_an_undisturbed_one()
    {
        await using var observer = await RunHost.StartAsync(stage.Database, worker: false);
        var expected = await UndisturbedAsync(observer);

        var run = await AskAsync(observer);
        await using (WorkerProcess.Start(stage.Database, tokensPerSecond: 150, leaseSeconds: 60))
        {
            await SeenAsync(observer, run, e => e.Type == "step.completed" && StepKey(e).StartsWith("1/agent:", StringComparison.Ordinal));
            await observer.Runs.CancelAsync(stage.User, run.Id, CancellationToken.None);
            await observer.WatchAsync(stage.User, run.Id);
        }

        var paid = (await observer.Runs.StepsAsync(stage.User, run.Id, CancellationToken.None)).Where(s => s.Status is StepStatus.Succeeded).ToList();
        await observer.Runs.RetryAsync(stage.User, run.Id, CancellationToken.None);
        await using (WorkerProcess.Start(stage.Database, tokensPerSecond: 600, leaseSeconds: 60))
            await SeenAsync(observer, run, e => e.Type == "step.started" && StepKey(e) == "1/assemble");
        await using (WorkerProcess.Start(stage.Database, tokensPerSecond: 5000, leaseSeconds: 60))
        {
            await SeenAsync(observer, run, e => e.Type == "run.waiting");
            await observer.Runs.ApproveAsync(stage.User, run.Id, null, CancellationToken.None);
            await observer.WatchAsync(stage.User, run.Id);
        }

        await ShouldEndLikeAsync(observer, run, expected);
        var after = (await observer.Runs.StepsAsync(stage.User, run.Id, CancellationToken.None)).ToDictionary(s => s.StepKey);
        foreach (var step in paid) after[step.StepKey].ShouldBe(step);
    }

    static string StepKey(RunEvent e) => e.Data.TryGetProperty("step_key", out var key) ? key.GetString()! : "";

    async Task<Run> AskAsync(RunHost observer) => await observer.Runs.CreateAsync(
        stage.User, await stage.ConversationAsync(), Question, new RunOptions { MaxN2Iterations = 2, QualityThreshold = 10, ApproveFromIteration = 2 },
        CancellationToken.None);

    async Task<Guid> UndisturbedAsync(RunHost observer)
    {
        var run = await AskAsync(observer);
        await using (WorkerProcess.Start(stage.Database, tokensPerSecond: 50_000, leaseSeconds: 60))
        {
            await SeenAsync(observer, run, e => e.Type == "run.waiting");
            await observer.Runs.ApproveAsync(stage.User, run.Id, null, CancellationToken.None);
            await observer.WatchAsync(stage.User, run.Id);
        }

        return run.Id;
    }

    async Task ShouldEndLikeAsync(RunHost observer, Run run, Guid expected)
    {
        var (ended, like) = (await observer.Runs.GetAsync(stage.User, run.Id, CancellationToken.None), await observer.Runs.GetAsync(stage.User, expected, CancellationToken.None));
        (ended.Status, ended.TerminationReason, ended.Answer, ended.BestScore, ended.N2Iterations)
            .ShouldBe((like.Status, like.TerminationReason, like.Answer, like.BestScore, like.N2Iterations));
        (await StepsAsync(run.Id)).ShouldBe(await StepsAsync(expected));
        await stage.ShouldAddUpAsync(run.Id);
    }

    async Task SeenAsync(RunHost observer, Run run, Func<RunEvent, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await foreach (var e in observer.Runs.EventsAsync(stage.User, run.Id, -1, patience.Token))
            if (wanted(e)) return;
        Assert.Fail("The run ended before.");
    }

    Task<string> StepsAsync(Guid runId) => stage.Database.ScalarAsync<string>(
        "select string_agg(concat_ws('|', step_key, status, output, error_message, delegation), E'\n' order by step_key) from run_steps where run_id = $1", runId);
}
