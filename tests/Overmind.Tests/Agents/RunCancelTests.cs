using System.Runtime.CompilerServices;
using Overmind.Agents;
using Overmind.Errors;

namespace Overmind.Tests.Agents;

public class RunCancelTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task A_cancelled_run_stops_its_calls_and_shows_its_best()
    {
        var good = FakeModel.Good(6);
        var model = new FakeModel((call, token) => call.Number == 2 ? Hanging(token) : At(good(call)));
        await using var host = await stage.HostAsync(model);
        var run = await host.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", null, CancellationToken.None);
        await foreach (var @event in host.Runs.EventsAsync(stage.User, run.Id, -1, CancellationToken.None))
            if (@event.Type == "step.delta") break;

        await host.Runs.CancelAsync(stage.User, run.Id, CancellationToken.None);

        var events = await host.WatchAsync(stage.User, run.Id);
        events[^1].Type.ShouldBe("run.cancelled");
        run = await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None);
        (run.Status, run.TerminationReason, run.BestScore, run.Answer, run.AnswerMessageId).ShouldBe((RunStatus.Cancelled, TerminationReason.Cancelled, 6, "answer 1", null));
        run.CancelRequestedAt.ShouldNotBeNull();
        (await stage.Database.ScalarAsync<string>("select string_agg(distinct status, ',') from run_steps where run_id = $1 and iteration = 2", run.Id)).ShouldBe("cancelled");
        (await stage.Database.ScalarAsync<string>("select string_agg(role, ',') from messages where conversation_id = $1", run.ConversationId)).ShouldBe("user");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_model_that_takes_no_notice_does_not_hold_up_a_cancel()
    {
        await using var host = await stage.HostAsync(new FakeModel((_, _) => Hanging(CancellationToken.None)));
        var run = await host.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", null, CancellationToken.None);
        await foreach (var @event in host.Runs.EventsAsync(stage.User, run.Id, -1, CancellationToken.None))
            if (@event.Type == "step.started") break;

        await host.Runs.CancelAsync(stage.User, run.Id, CancellationToken.None);

        (await host.WatchAsync(stage.User, run.Id))[^1].Type.ShouldBe("run.cancelled");
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task A_run_that_no_worker_has_is_ended_by_whoever_cancels_it()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var run = await idle.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", null, CancellationToken.None);

        run = await idle.Runs.CancelAsync(stage.User, run.Id, CancellationToken.None);

        run.Status.ShouldBe(RunStatus.Cancelled);
        await stage.ShouldAddUpAsync(run.Id);
        var next = await idle.Runs.CreateAsync(stage.User, run.ConversationId, "And now?", null, CancellationToken.None);
        next.Status.ShouldBe(RunStatus.Queued);
        await stage.EndAsync(idle, next);
    }

    [Fact]
    public async Task A_run_whose_worker_died_is_ended_by_whoever_cancels_it()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var run = await idle.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", null, CancellationToken.None);
        // The lock 4711 is nobody's: its worker is dead.
        await stage.Database.ExecuteAsync("select overmind.claim_jobs('{run}', 'dead', 4711, 100, '1 hour')");

        (await idle.Runs.CancelAsync(stage.User, run.Id, CancellationToken.None)).Status.ShouldBe(RunStatus.Cancelled);

        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task Cancelling_an_ended_run_changes_nothing()
    {
        var (run, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)));
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);

        (await idle.Runs.CancelAsync(stage.User, run.Id, CancellationToken.None)).ShouldBe(run);
        (await idle.Runs.CancelAsync(stage.User, run.Id, CancellationToken.None)).ShouldBe(run);
    }

    [Fact]
    public async Task Nobody_cancels_a_run_they_do_not_see()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var run = await idle.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", null, CancellationToken.None);

        (await Should.ThrowAsync<OvermindException>(() => idle.Runs.CancelAsync(stage.Tenant.OtherUser, run.Id, CancellationToken.None))).Code.ShouldBe(ErrorCode.RunNotFound);

        (await idle.Runs.GetAsync(stage.User, run.Id, CancellationToken.None)).ShouldBe(run);
        await stage.EndAsync(idle, run);
    }

    static async IAsyncEnumerable<string> At(string text)
    {
        await Task.Yield();
        yield return text;
    }

    static async IAsyncEnumerable<string> Hanging([EnumeratorCancellation] CancellationToken token)
    {
        yield return "what was said by then";
        await Task.Delay(Timeout.Infinite, token);
    }
}
