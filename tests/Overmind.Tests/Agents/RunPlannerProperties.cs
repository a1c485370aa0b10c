using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Overmind.Agents;

namespace Overmind.Tests.Agents;

public class RunPlannerProperties
{
    /// <summary>What a step is answered with, by a number: mostly usable, else broken, empty, or a failure of the model.</summary>
    static Func<PlannedCall, string?> Answers(int[] choices)
    {
        var calls = 0;
        return call => (choices.Length == 0 ? 5 : choices[calls++ % choices.Length]) switch
        {
            0 => null,
            1 => "broken",
            2 => "",
            var n => Script.Good(Math.Abs(n % 100) / 10.0)(call),
        };
    }

    static RunSnapshot Run(bool sequential, PositiveInt iterations) => Runs.Snapshot() with
    {
        ExecutionMode = sequential ? ExecutionMode.Sequential : ExecutionMode.Parallel,
        Agents = Runs.SixAgents.Take(3).ToList(),
        MaxN2Iterations = 1 + (iterations.Get % 5),
    };

    static string Described(RunMove move) => move switch
    {
        RunMove.CallModels(_, var calls) => string.Join("\n", calls.Select(c => $"{c.StepKey} {c.Model} {string.Join('|', c.Messages.Select(m => m.Text))}")),
        RunMove.EndRun(var end) => end.ToString(),
        _ => "",
    };

    [Property]
    public void The_same_steps_in_any_order_give_the_same_move(int[] choices, bool sequential, PositiveInt iterations)
    {
        var run = Run(sequential, iterations);
        var script = new Script(run) { Answer = Answers(choices) };
        while (script.Next() is RunMove.CallModels(_, var calls))
        {
            Described(RunPlanner.Next(run, [.. script.Steps.AsEnumerable().Reverse()], Runs.Now, 0)).ShouldBe(Described(script.Next()));
            foreach (var call in calls) script.Make(call);
        }
    }

    [Property]
    public void A_run_cut_off_at_any_step_goes_on_with_what_was_not_recorded(int[] choices, bool sequential, PositiveInt iterations)
    {
        var run = Run(sequential, iterations);
        var script = new Script(run) { Answer = Answers(choices) };
        while (script.Next() is RunMove.CallModels(_, var calls))
        {
            foreach (var (i, call) in calls.Index())
            {
                // The crash comes while this call is in the air: it was opened and has no result.
                var opened = script.Steps.Exists(s => s.StepKey == call.StepKey) ? script.Steps
                    : [.. script.Steps, new RecordedStep { StepKey = call.StepKey, Status = "running", Attempt = 1 }];
                var recorded = opened.Where(s => s.Status != "running").Select(s => s.StepKey).ToHashSet();
                var again = RunPlanner.Next(run, opened, Runs.Now, 0).ShouldBeOfType<RunMove.CallModels>().Calls;
                again.Select(c => c.StepKey).ShouldContain(call.StepKey);
                again.Select(c => c.StepKey).ShouldAllBe(key => !recorded.Contains(key));
                Described(new RunMove.CallModels(call.Iteration, [again.Single(c => c.StepKey == call.StepKey)]))
                    .ShouldBe(Described(new RunMove.CallModels(call.Iteration, [calls[i]])));
                script.Make(call);
            }
        }
    }

    [Property]
    public void The_kept_answer_has_the_best_score_and_the_run_ends_in_time(int[] choices, bool sequential, PositiveInt iterations)
    {
        var run = Run(sequential, iterations);
        var script = new Script(run) { Answer = Answers(choices) };
        var end = script.ToEnd();
        var results = RunPlanner.Iterations(run, script.Steps);
        results.Count.ShouldBeLessThanOrEqualTo(run.MaxN2Iterations);
        end.Score.ShouldBe(results.Max(r => r.Score));
        end.Status.ShouldBe(results.Any(r => r.Assembled is not null) ? "succeeded" : "failed");
        results.Count(r => r.Accepted).ShouldBe(end.Kept is null ? 0 : 1);
        script.Steps.Select(s => s.StepKey).ShouldBeUnique();
        script.Called.GroupBy(k => k).ShouldAllBe(calls => calls.Count() <= 2);
    }

    [Property]
    public Property A_snapshot_read_back_from_json_plans_the_same() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), ArbMap.Default.ArbFor<int[]>(), (question, choices) =>
        {
            // A half of a character is no text: the API refuses it before it can reach a snapshot.
            var run = Runs.Snapshot((question ?? "").Normalized()) with
            {
                History = [new HistoryMessage("user", "Hello"), new HistoryMessage("assistant", "<question>\n\"\u2028")],
                CostCapUsd = 0.1m,
                Deadline = Runs.Now.AddMinutes(5),
                Agents = [Runs.Agent("a", "A"), Runs.Agent("b", "B", OutputFormat.Json), Runs.Agent("c", "C", OutputFormat.Markdown)],
            };
            var read = RunSnapshotJson.Read(RunSnapshotJson.Write(run));
            RunSnapshotJson.Write(read).ShouldBe(RunSnapshotJson.Write(run));
            var script = new Script(run) { Answer = Answers(choices) };
            while (script.Next() is RunMove.CallModels(_, var calls))
            {
                Described(RunPlanner.Next(read, script.Steps, Runs.Now, 0)).ShouldBe(Described(script.Next()));
                foreach (var call in calls) script.Make(call);
            }
        });
}
