using Microsoft.Extensions.Time.Testing;
using Overmind.Agents;
using Overmind.Errors;

namespace Overmind.Tests.Agents;

public class RunEventsTests(RunStage stage) : IClassFixture<RunStage>
{
    [Fact]
    public async Task Streamed_text_is_seen_as_it_comes_and_is_gone_when_the_whole_is_there()
    {
        await using var host = await RunHost.StartAsync(stage.Database, RunHost.Slow(200));
        var run = await host.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "How does a lighthouse warn ships in fog?", new() { MaxN2Iterations = 1 }, CancellationToken.None);

        var live = await host.WatchAsync(stage.User, run.Id);
        var later = await host.WatchAsync(stage.User, run.Id);

        // A reader that is slow finds deltas gone already, but nothing else.
        live.Select(e => e.SequenceNumber).ShouldBeInOrder();
        live.Select(e => e.SequenceNumber).ShouldBeUnique();
        var deltas = live.Where(e => e.Type == "step.delta").ToList();
        deltas.ShouldNotBeEmpty();
        foreach (var step in deltas.GroupBy(e => e.Data.GetProperty("step_key").GetString()))
        {
            var whole = live.Single(e => e.Type == "step.completed" && e.Data.GetProperty("step_key").GetString() == step.Key);
            whole.Data.GetProperty("output").GetString().ShouldNotBeNull().ShouldContain(step.Last().Data.GetProperty("delta").GetString()!);
            step.ShouldAllBe(e => e.SequenceNumber < whole.SequenceNumber);
        }

        later.Select(e => e.SequenceNumber).ShouldBe(live.Where(e => e.Type != "step.delta").Select(e => e.SequenceNumber));
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task The_beginning_of_an_answer_is_told_while_the_rest_is_still_to_come()
    {
        var (good, told) = (FakeModel.Good(9.5), new TaskCompletionSource());
        // Its clock stands still: no text grows old enough to be told for its age.
        await using var host = await stage.HostAsync(
            new FakeModel((call, token) => call.Part == "assemble" ? Held(told.Task, token) : RunEndingTests.At(good(call))),
            new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        var run = await host.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", null, CancellationToken.None);

        var deltas = new List<string>();
        await foreach (var @event in host.Runs.EventsAsync(stage.User, run.Id, -1, TestContext.Current.CancellationToken))
        {
            if (@event.Type != "step.delta") continue;
            deltas.Add(@event.Data.GetProperty("delta").GetString()!);
            told.TrySetResult();
        }

        deltas.ShouldBe(["Light "]);
        (await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None)).Answer.ShouldBe("Light bends.");

        static async IAsyncEnumerable<string> Held(Task told, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
        {
            yield return "Light ";
            await told.WaitAsync(TimeSpan.FromSeconds(30), token);
            yield return "bends.";
        }
    }

    [Fact]
    public async Task Text_that_is_cut_within_a_character_is_streamed_whole()
    {
        var good = FakeModel.Good(9.5);
        await using var host = await stage.HostAsync(new FakeModel((call, token) => call.Part == "assemble" ? Halves(token) : RunEndingTests.At(good(call))));
        var run = await host.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", null, CancellationToken.None);

        var events = await host.WatchAsync(stage.User, run.Id);

        string.Concat(events.Where(e => e.Type == "step.delta").Select(e => e.Data.GetProperty("delta").GetString())).ShouldNotContain('\uFFFD');
        (await host.Runs.GetAsync(stage.User, run.Id, CancellationToken.None)).Answer.ShouldBe("a \U0001F600 b");

        static async IAsyncEnumerable<string> Halves([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
        {
            yield return "a \uD83D";
            await Task.Delay(TimeSpan.FromSeconds(0.6), token);
            yield return "\uDE00 b";
            await Task.Delay(TimeSpan.FromSeconds(0.6), token);
        }
    }

    [Fact]
    public async Task A_question_of_a_megabyte_is_answered()
    {
        await using var host = await RunHost.StartAsync(stage.Database);

        var run = await host.AskAsync(stage.User, await stage.ConversationAsync(), string.Concat(Enumerable.Repeat("Why is the sky blue, \U0001F600 لماذا السماء زرقاء? ", 15_000)));

        run.Status.ShouldBe(RunStatus.Succeeded, run.Error?.Message);
        await stage.ShouldAddUpAsync(run.Id);
    }

    [Fact]
    public async Task An_answer_that_comes_at_once_has_no_deltas()
    {
        var (_, events) = await stage.AskAsync(new FakeModel(FakeModel.Good(6, 9.5)), time: new FakeTimeProvider(TimeProvider.System.GetUtcNow()));

        events.Select(e => e.SequenceNumber).ShouldBe(Enumerable.Range(0, events.Count).Select(n => (long)n));
    }

    [Fact]
    public async Task A_reader_goes_on_after_the_event_it_had_last_on_another_node()
    {
        await using var host = await RunHost.StartAsync(stage.Database, RunHost.Slow(800));
        await using var other = await RunHost.StartAsync(stage.Database, worker: false);
        var run = await host.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "How does a lighthouse warn ships in fog?", new() { MaxN2Iterations = 1 }, CancellationToken.None);
        var seen = new List<RunEvent>();
        await foreach (var @event in host.Runs.EventsAsync(stage.User, run.Id, -1, CancellationToken.None))
        {
            seen.Add(@event);
            if (@event.Type == "step.completed") break;
        }

        seen.AddRange(await other.WatchAsync(stage.User, run.Id, seen[^1].SequenceNumber));

        seen.Select(e => e.SequenceNumber).ShouldBeInOrder();
        seen.Select(e => e.SequenceNumber).ShouldBeUnique();
        seen[^1].IsTerminal.ShouldBeTrue();
        seen.Count(e => e.Type == "step.completed").ShouldBe(10);
    }

    [Fact]
    public async Task The_stream_of_an_ended_run_ends_also_after_its_last_event()
    {
        var (run, events) = await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)));
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);

        (await idle.WatchAsync(stage.User, run.Id, events[^2].SequenceNumber)).Single().IsTerminal.ShouldBeTrue();
        (await idle.WatchAsync(stage.User, run.Id, events[^1].SequenceNumber)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_reads_the_events_or_steps_of_a_run_they_do_not_see()
    {
        var (run, _) = await stage.AskAsync(new FakeModel(FakeModel.Good(9.5)));
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);

        foreach (var id in new[] { run.Id, Guid.CreateVersion7() })
        {
            (await Should.ThrowAsync<OvermindException>(() => idle.WatchAsync(stage.Tenant.OtherUser, id))).Code.ShouldBe(ErrorCode.RunNotFound);
            (await Should.ThrowAsync<OvermindException>(() => idle.Runs.StepsAsync(stage.Tenant.OtherUser, id, CancellationToken.None))).Code.ShouldBe(ErrorCode.RunNotFound);
            (await Should.ThrowAsync<OvermindException>(() => idle.Runs.GetAsync(stage.Tenant.OtherUser, id, CancellationToken.None))).Code.ShouldBe(ErrorCode.RunNotFound);
        }
    }

    [Fact]
    public async Task A_reader_that_goes_away_stops_reading()
    {
        await using var idle = await RunHost.StartAsync(stage.Database, worker: false);
        var run = await idle.Runs.CreateAsync(stage.User, await stage.ConversationAsync(), "Why?", null, CancellationToken.None);
        using var away = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in idle.Runs.EventsAsync(stage.User, run.Id, -1, away.Token)) await away.CancelAsync();
        });

        await stage.EndAsync(idle, run);
    }
}
