using Overmind.Agents;
using Overmind.Models.Offline;
using Overmind.Tests.Agents;

namespace Overmind.Tests.Models.Offline;

public class OfflineRunsTests
{
    static readonly OfflineChatClient Model = new(TimeProvider.System);

    static readonly Lazy<Task<List<(RunSnapshot Run, RunLoop Loop, RunEnd End)>>> Parallel = new(() => AllRuns());

    static async Task<List<(RunSnapshot Run, RunLoop Loop, RunEnd End)>> AllRuns(ExecutionMode mode = ExecutionMode.Parallel)
    {
        var runs = new List<(RunSnapshot, RunLoop, RunEnd)>();
        foreach (var (first, second) in SampleQuestions.All)
        {
            var history = new List<HistoryMessage>();
            foreach (var question in (string[])[first, second])
            {
                var run = Runs.Snapshot(question) with { History = [.. history], ExecutionMode = mode };
                var loop = new RunLoop(run, Model);
                var end = await loop.ToEnd();
                runs.Add((run, loop, end));
                history.AddRange([new HistoryMessage("user", question), new HistoryMessage("assistant", end.Answer ?? "")]);
            }
        }

        return runs;
    }

    [Theory]
    [InlineData(ExecutionMode.Parallel)]
    [InlineData(ExecutionMode.Sequential)]
    public async Task The_loop_really_iterates_and_mostly_reaches_the_threshold(ExecutionMode mode)
    {
        var runs = mode is ExecutionMode.Parallel ? await Parallel.Value : await AllRuns(mode);
        runs.ShouldAllBe(r => r.End.Status == "succeeded" && r.End.Score >= 5);
        runs.Count(r => RunPlanner.Iterations(r.Run, r.Loop.Steps).Count >= 2).ShouldBeInRange(runs.Count / 4, runs.Count - 1);
        runs.Count(r => r.End.TerminationReason is TerminationReason.Threshold).ShouldBeGreaterThanOrEqualTo(runs.Count / 2);
        runs.SelectMany(r => r.Loop.Steps).ShouldAllBe(s => s.Status == "succeeded" && !s.SentBack && s.ErrorMessage == null);
    }

    [Fact]
    public async Task A_repaired_answer_scores_higher_than_the_first()
    {
        foreach (var (run, loop, _) in await Parallel.Value)
        {
            var scores = RunPlanner.Iterations(run, loop.Steps).Select(i => i.Score!.Value).ToList();
            if (scores.Count > 1) scores.Max().ShouldBeGreaterThanOrEqualTo(scores[0]);
            if (scores.Count == 2) scores[1].ShouldBeGreaterThan(scores[0]);
        }
    }

    [Fact]
    public async Task The_same_run_gives_the_same_steps_every_time()
    {
        var once = await Parallel.Value;
        var again = await AllRuns();
        again.Select(r => r.End).ShouldBe(once.Select(r => r.End));
        again.SelectMany(r => r.Loop.Steps).ShouldBe(once.SelectMany(r => r.Loop.Steps));
    }

    [Fact]
    public async Task A_run_resumed_after_any_step_ends_as_the_undisturbed_one()
    {
        var run = Runs.Snapshot(SampleQuestions.All[0].First) with { QualityThreshold = 10, MaxN2Iterations = 2 };
        var whole = new RunLoop(run, Model);
        var end = await whole.ToEnd();
        for (var kept = 0; kept <= whole.Steps.Count; kept++)
        {
            var resumed = new RunLoop(run, Model);
            resumed.Steps.AddRange(whole.Steps.Take(kept));
            (await resumed.ToEnd()).ShouldBe(end);
            resumed.Calls.Count.ShouldBe(whole.Calls.Count - kept);
            resumed.Steps.ShouldBe(whole.Steps);
        }
    }

    [Fact]
    public async Task Each_role_says_something_else_and_all_speak_of_the_question()
    {
        foreach (var (_, loop, _) in await Parallel.Value)
        {
            var answers = loop.Steps.Take(6).Select(s => s.Output!).ToList();
            answers.ShouldBeUnique();
            answers.SelectMany(a => a.Split('\n')).Select(l => l[3..]).ShouldBeUnique();
        }

        var first = new RunLoop(Runs.Snapshot(SampleQuestions.All[0].First), Model);
        (await first.ToEnd()).Answer.ShouldNotBeNull().ShouldSatisfyAllConditions(
            answer => answer.ShouldContain("lighthouse keeper"),
            answer => answer.ShouldContain("fishing boats"),
            answer => answer.ShouldContain("*Offline model:"));
    }

    [Fact]
    public async Task The_directive_names_what_is_missing_and_the_next_answers_take_it_up()
    {
        var run = Runs.Snapshot(SampleQuestions.All[0].First) with { QualityThreshold = 10 };
        var loop = new RunLoop(run, Model);
        await loop.ToEnd();
        var iterations = RunPlanner.Iterations(run, loop.Steps);
        var named = iterations[0].RepairDirective.ShouldNotBeNull().Split('“').Skip(1).Select(p => p.Split('”')[0]).ToList();
        named.ShouldNotBeEmpty();
        var second = string.Join("\n", loop.Steps.Where(s => s.StepKey.StartsWith("2/agent:", StringComparison.Ordinal)).Select(s => s.Output));
        named.ShouldAllBe(phrase => second.Contains(phrase, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Say more about the “copper roof” and the “night ferry”.")]
    [InlineData("Mention the copper roof, and the night ferry.")]
    public async Task A_directive_of_another_judge_is_taken_up_as_well(string directive)
    {
        var run = Runs.Snapshot(SampleQuestions.All[0].First) with { MaxN2Iterations = 2 };
        var loop = new RunLoop(run, Model);
        while (RunPlanner.Next(run, loop.Steps, Runs.Now, 0) is RunMove.CallModels(_, var calls))
        {
            foreach (var call in calls)
            {
                if (call.Phase is StepPhase.Inspect) loop.Record(call, $$"""{"score": 5, "repair_directive": "{{directive}}"}""");
                else await loop.Make(call);
            }
        }

        RunPlanner.Iterations(run, loop.Steps)[1].Assembled.ShouldNotBeNull().ShouldSatisfyAllConditions(
            answer => answer.ShouldContain("“copper roof”"),
            answer => answer.ShouldContain("“night ferry”"));
    }
}
