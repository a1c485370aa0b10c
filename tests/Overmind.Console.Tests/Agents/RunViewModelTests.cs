using System.Text.Json.Nodes;
using Overmind.Agents;
using Overmind.WebConsole.Agents;

namespace Overmind.WebConsole.Tests.Agents;

public class RunViewModelTests
{
    [Fact]
    public void Events_become_agents_by_iterations()
    {
        var view = After(Runs.OneIteration());

        view.Agents.Select(a => a.Name).ShouldBe(["Creative", "Structural"]);
        view.Step(1, "creative")!.Text.ShouldBe("1. Idea");
        view.Iterations.ShouldHaveSingleItem().Score.ShouldBe(9.2);
        view.Iterations[0].IsKept.ShouldBeTrue();
        view.Iterations[0].Insights.ShouldBe(["Parallel runs"]);
        view.Run.Status.ShouldBe(RunStatus.Succeeded);
        view.IsActive.ShouldBeFalse();
    }

    [Fact]
    public void Recorded_steps_alone_give_the_same_page_as_events()
    {
        var byEvents = After(Runs.OneIteration());
        var bySteps = new RunViewModel(Runs.Succeeded with { N2Iterations = 1, BestIteration = 1 },
        [
            Runs.Step("1/agent:creative", "1. Idea"), Runs.Step("1/agent:structural", "1. Order"), Runs.Step("1/observe", "Wants a plan."),
            Runs.Step("1/distil", """{"core_insights":["Parallel runs"]}"""), Runs.Step("1/assemble", "Draft"), Runs.Step("1/inspect", Runs.Verdict(9.2)),
        ]);

        Page(bySteps).ShouldBe(Page(byEvents));
    }

    [Fact]
    public void An_event_that_comes_again_changes_nothing()
    {
        var events = Runs.OneIteration();
        var view = new RunViewModel(Runs.Queued, []);
        foreach (var happened in events.Take(7)) view.Apply(happened);

        view.Apply(events[5]).ShouldBeFalse();

        view.Step(1, "creative")!.Text.ShouldBe("1. Idea");
    }

    [Fact]
    public void Any_overlap_of_recorded_steps_and_replayed_events_ends_in_the_same_page()
    {
        var events = Runs.OneIteration();
        var whole = Page(After(events));
        for (var loaded = 0; loaded <= events.Count; loaded++)
        {
            // What the database held after that many events, read by a page that then replays every event from the first.
            var view = new RunViewModel(loaded == 0 ? Runs.Queued : Runs.Queued with { Status = RunStatus.Running }, Recorded(events.Take(loaded)));
            foreach (var happened in events) view.Apply(happened);

            Page(view).ShouldBe(whole, $"loaded after {loaded} events");
        }
    }

    [Fact]
    public void What_is_known_is_never_taken_back_by_older_events()
    {
        var events = Runs.OneIteration();
        var view = new RunViewModel(Runs.Queued with { Status = RunStatus.Running }, Recorded(events.Take(9)));

        foreach (var happened in events.Take(6)) view.Apply(happened);

        view.Step(1, "creative")!.Status.ShouldBe(StepStatus.Succeeded);
        view.Step(1, "creative")!.Text.ShouldBe("1. Idea");
    }

    [Fact]
    public void Streamed_text_grows_and_the_whole_text_takes_its_place()
    {
        var view = After(Runs.OneIteration().Take(7));
        view.Step(1, "creative")!.Text.ShouldBe("1. Idea");
        view.Step(1, "creative")!.IsRunning.ShouldBeTrue();

        view.Apply(Runs.Completed(7, "1/agent:creative", "1. Another idea"));

        view.Step(1, "creative")!.Text.ShouldBe("1. Another idea");
    }

    [Fact]
    public void A_step_that_is_called_again_starts_from_nothing()
    {
        var view = After(Runs.OneIteration().Take(7));

        view.Apply(Runs.Started(7, "1/agent:creative", attempt: 2));
        view.Apply(Runs.Delta(8, "1/agent:creative", "late", attempt: 1));
        view.Apply(Runs.Delta(9, "1/agent:creative", "New", attempt: 2));

        view.Step(1, "creative")!.Text.ShouldBe("New");
        view.Step(1, "creative")!.Attempt.ShouldBe(2);
    }

    [Fact]
    public void A_sent_back_answer_says_why()
    {
        var view = After(Runs.OneIteration().Take(7));

        view.Apply(Runs.Event(7, RunEventTypes.StepSentBack, new JsonObject { ["step_key"] = "1/agent:creative", ["attempt"] = 1, ["reason"] = "It has 3 lines." }));

        view.Step(1, "creative")!.SentBackBecause.ShouldBe("It has 3 lines.");
        view.Step(1, "creative")!.Text.ShouldBeEmpty();
    }

    [Fact]
    public void Every_iteration_but_the_last_shows_what_the_next_one_was_asked()
    {
        var view = new RunViewModel(Runs.Succeeded, [.. Runs.Iteration(1, 8.5), .. Runs.Iteration(2, 9.2)]);

        view.Iterations[0].RepairDirective.ShouldBe("Name the owners.");
        view.Iterations[1].RepairDirective.ShouldBeNull();
        view.Iterations[1].HasNext.ShouldBeFalse();
    }

    [Fact]
    public void The_best_iteration_is_kept_not_the_last()
    {
        var run = Runs.Succeeded with { BestIteration = 1, BestScore = 8.7, TerminationReason = TerminationReason.MaxIterations, MaxN2Iterations = 2 };

        var view = new RunViewModel(run, [.. Runs.Iteration(1, 8.7), .. Runs.Iteration(2, 8.1)]);

        view.Kept!.Number.ShouldBe(1);
        view.Score.ShouldBe(8.7);
    }

    [Fact]
    public void An_unreadable_verdict_is_unscored_and_not_zero()
    {
        var steps = Runs.Iteration(1, 8).Take(5).Append(Runs.Step("1/inspect", "I like it.", error: "It is not JSON."));

        var view = new RunViewModel(Runs.Succeeded with { N2Iterations = 1, BestIteration = 1, BestScore = null, TerminationReason = TerminationReason.Unscored }, [.. steps]);

        view.Iterations[0].IsUnscored.ShouldBeTrue();
        view.Iterations[0].Score.ShouldBeNull();
        view.Score.ShouldBeNull();
    }

    [Fact]
    public void A_run_that_ends_stops_what_still_runs()
    {
        var view = After(Runs.OneIteration().Take(7));

        view.Apply(Runs.Ended(7, Runs.Queued with { Status = RunStatus.Cancelled, TerminationReason = TerminationReason.Cancelled, CompletedAt = Runs.Queued.CreatedAt }));

        view.Step(1, "creative")!.Status.ShouldBe(StepStatus.Cancelled);
        view.IsActive.ShouldBeFalse();
        Words.Outcome(view).ShouldBe("It was stopped. Nothing was assembled by then.");
    }

    [Fact]
    public void A_cost_that_is_unknown_in_part_is_unknown()
    {
        var view = After(Runs.OneIteration().Take(7));
        view.CostUsd.ShouldBe(0);

        view.Apply(Runs.Completed(7, "1/agent:creative", "1. Idea", cost: null));

        view.CostUsd.ShouldBeNull();
    }

    [Fact]
    public void The_stages_tell_where_the_iteration_is()
    {
        var events = Runs.OneIteration();

        After(events.Take(8)).Progress[0].ShouldBe(new ProgressStep("Agents", ProgressState.Now, 1, 2));
        After(events.Take(10)).Progress.Select(p => p.State).ShouldBe(
            [ProgressState.Done, ProgressState.Now, ProgressState.Waiting, ProgressState.Waiting, ProgressState.Waiting]);
    }

    [Fact]
    public void A_draft_is_shown_until_a_better_one_is_whole()
    {
        var view = new RunViewModel(Runs.Queued with { Status = RunStatus.Running }, [.. Runs.Iteration(1, 8.5)]);
        view.Apply(Runs.Started(0, "2/assemble"));
        view.Apply(Runs.Delta(1, "2/assemble", "Half a"));

        view.Answer.ShouldBe("Draft 1");
    }

    [Fact]
    public void An_unknown_event_is_passed_over()
    {
        var view = After(Runs.OneIteration().Take(3));

        view.Apply(Runs.Event(3, "step.dreamt", new JsonObject { ["step_key"] = 7 })).ShouldBeFalse();

        view.LastSequence.ShouldBe(3);
    }

    static RunViewModel After(IEnumerable<RunEvent> events)
    {
        var view = new RunViewModel(Runs.Queued, []);
        foreach (var happened in events) view.Apply(happened);
        return view;
    }

    /// <summary>The steps a database holds after these events.</summary>
    static IReadOnlyList<RunStep> Recorded(IEnumerable<RunEvent> events)
    {
        var steps = new Dictionary<string, RunStep>();
        foreach (var happened in events.Where(e => e.Type is RunEventTypes.StepStarted or RunEventTypes.StepCompleted))
        {
            var key = happened.Data.GetProperty("step_key").GetString()!;
            steps[key] = happened.Type is RunEventTypes.StepStarted
                ? Runs.Step(key, null, StepStatus.Running) with { TokensInput = 0, TokensOutput = 0, LatencyMs = null }
                : Runs.Step(key, happened.Data.GetProperty("output").GetString());
        }

        return [.. steps.Values];
    }

    static string Page(RunViewModel view) => string.Join('\n',
        view.Agents.Select(a => a.ToString())
            .Concat(view.Iterations.Select(i => $"{i.Number} {i.Score} {i.Rationale} {i.IsKept} {i.IsComplete} {string.Join('|', i.Insights)}"))
            .Concat(view.Iterations.SelectMany(i => view.Agents.Select(a => view.Step(i.Number, a.Key))
                .Concat(Enum.GetValues<StepPhase>().Where(p => p >= StepPhase.Observe).Select(p => view.Step(i.Number, p)))
                .Select(s => $"{s?.Key} {s?.Status} {s?.Text} {s?.TokensInput} {s?.LatencyMs} {s?.CostUsd}")))
            .Append($"{view.Run.Status} {view.Tokens} {view.CostUsd} {view.Score} {view.Answer}"));
}
