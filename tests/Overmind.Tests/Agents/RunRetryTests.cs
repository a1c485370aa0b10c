using Overmind.Agents;
using Overmind.Errors;
using Overmind.Testing;

namespace Overmind.Tests.Agents;

public class RunRetryTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task A_failed_run_goes_on_and_keeps_its_paid_steps()
    {
        var down = true;
        var good = FakeModel.Good(9.5);
        var model = new FakeModel(call => down && (call.Part is "assemble" or "decision") ? throw new InvalidOperationException("It is down.") : good(call));
        await using var host = await stage.HostAsync(model);
        var run = await host.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", new RunOptions { DeadlineSeconds = 600 }, CancellationToken.None);
        var before = await host.WatchAsync(stage.User, run.Id);
        before[^1].Type.ShouldBe("run.failed");
        await stage.ShouldAddUpAsync(run.Id);
        var paid = (await host.Runs.StepsAsync(stage.User, run.Id, CancellationToken.None)).Where(s => s.Status is StepStatus.Succeeded).ToList();
        paid.Count.ShouldBe(7);
        var called = model.Calls.Count;
        var used = await UsesAsync(run) - 1;
        down = false;

        var retried = await host.Runs.RetryAsync(stage.User, run.Id, CancellationToken.None);

        (retried.RetryCount, retried.TerminationReason, retried.Error, retried.CompletedAt).ShouldBe((1, null, null, null));
        retried.LastRetryAt.ShouldNotBeNull();
        (retried.DeadlineAt!.Value - retried.LastRetryAt!.Value).ShouldBe(TimeSpan.FromSeconds(600));
        var events = await host.WatchAsync(stage.User, run.Id);
        events.Take(before.Count).Select(e => (e.SequenceNumber, e.Type)).ShouldBe(before.Select(e => (e.SequenceNumber, e.Type)));
        events[before.Count].SequenceNumber.ShouldBe(before[^1].SequenceNumber + 1);
        events.Select(e => e.Type).Where(t => t.StartsWith("run.", StringComparison.Ordinal))
            .ShouldBe(["run.created", "run.started", "run.failed", "run.retried", "run.started", "run.succeeded"]);
        run = await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None);
        (run.Status, run.BestScore, run.N2Iterations, run.RetryCount).ShouldBe((RunStatus.Succeeded, 9.5, 1, 1));
        model.Calls.Skip(called).Select(c => c.Part).ShouldBe(["decision", "assemble", "inspect"]);
        var after = (await host.Runs.StepsAsync(stage.User, run.Id, CancellationToken.None)).ToDictionary(s => s.StepKey);
        foreach (var step in paid) after[step.StepKey].ShouldBe(step);
        after["1/assemble"].Attempt.ShouldBe(2);
        (await UsesAsync(run)).ShouldBe(used + 1, "a retry is no further use");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_cancelled_run_goes_on_from_the_iteration_it_was_in()
    {
        await using var host = await stage.HostAsync(new FakeModel(FakeModel.Good(6, 9.5)));
        var run = await host.Runs.CreateAsync(
            stage.User, await stage.ConversationAsync(), "Why?", new RunOptions { ApproveFromIteration = 2 }, CancellationToken.None);
        await foreach (var e in host.Runs.EventsAsync(stage.User, run.Id, -1, CancellationToken.None))
            if (e.Type == "run.waiting") break;
        (await host.Runs.CancelAsync(stage.User, run.Id, CancellationToken.None)).Status.ShouldBe(RunStatus.Cancelled);

        (await host.Runs.RetryAsync(stage.User, run.Id, CancellationToken.None)).Status.ShouldNotBe(RunStatus.Cancelled);
        await Poll.UntilAsync(async () => (await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None)).Status is RunStatus.Waiting);
        await host.Runs.ApproveAsync(stage.User, run.Id, null, CancellationToken.None);

        await host.WatchAsync(stage.User, run.Id);
        run = await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None);
        (run.Status, run.N2Iterations, run.BestIteration).ShouldBe((RunStatus.Succeeded, 2, 2));
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_run_that_has_succeeded_or_whose_conversation_has_another_is_not_retried()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var (succeeded, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)));
        (await Should.ThrowAsync<OvermindException>(() => idle.Runs.RetryAsync(stage.User, succeeded.Id, CancellationToken.None))).Code.ShouldBe(ErrorCode.RunNotRetryable);
        (await Should.ThrowAsync<OvermindException>(() => idle.Runs.RetryAsync(stage.Tenant.OtherUser, succeeded.Id, CancellationToken.None))).Code.ShouldBe(ErrorCode.RunNotFound);

        var run = await idle.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", null, CancellationToken.None);
        (await idle.Runs.RetryAsync(stage.User, run.Id, CancellationToken.None)).ShouldBe(run);
        await idle.Runs.CancelAsync(stage.User, run.Id, CancellationToken.None);
        var other = await idle.Runs.CreateAsync(stage.User, run.ConversationId, "And?", null, CancellationToken.None);
        (await Should.ThrowAsync<OvermindException>(() => idle.Runs.RetryAsync(stage.User, run.Id, CancellationToken.None))).Code.ShouldBe(ErrorCode.RunInProgress);
        await stage.EndAsync(idle, other);
    }

    [Fact]
    public async Task Of_many_retries_at_once_one_counts()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var run = await idle.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", null, CancellationToken.None);
        await idle.Runs.CancelAsync(stage.User, run.Id, CancellationToken.None);

        var retried = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => idle.Runs.RetryAsync(stage.User, run.Id, CancellationToken.None)));

        retried.ShouldAllBe(r => r.RetryCount == 1 && r.Status == RunStatus.Queued);
        await stage.EndAsync(idle, run);
    }

    async Task<long> UsesAsync(Run run)
    {
        await stage.Database.CountRunUsesAsync();
        return await stage.Database.ScalarAsync<long>("select usage_count from workflows where id = $1", run.Workflow.Id);
    }
}
