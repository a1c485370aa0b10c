using Overmind.Agents;

namespace Overmind.Tests.Agents;

public class RunEndsTests
{
    [Theory]
    [InlineData(TerminationReason.Threshold, 1, new[] { 9.0 })]
    [InlineData(TerminationReason.Threshold, 3, new[] { 5, 8.9, 9.3 })]
    [InlineData(TerminationReason.MaxIterations, 4, new[] { 5, 6, 7, 8.0 })]
    [InlineData(TerminationReason.MaxIterations, 2, new[] { 5, 8, 6, 7.9 })]
    [InlineData(TerminationReason.Plateau, 3, new[] { 8, 8.1, 8.2 })]
    [InlineData(TerminationReason.Plateau, 1, new[] { 8, 3, 7.0 })]
    [InlineData(TerminationReason.MaxIterations, 4, new[] { 8, 8.2, 8.4, 8.6 })]
    [InlineData(TerminationReason.MaxIterations, 3, new[] { 8, 8.1, 8.3, 8.3 })]
    [InlineData(TerminationReason.MaxIterations, 4, new[] { 1, 1.2, 1.4, 1.6 })]
    [InlineData(TerminationReason.Threshold, 4, new[] { 1, 1.2, 1.3, 9 })]
    public void A_run_ends_by_its_scores_and_keeps_the_best(TerminationReason reason, int kept, double[] scores)
    {
        var script = new Script(Runs.Snapshot()) { Answer = Script.Good([.. scores.Select(s => (double?)s)]) };
        var end = script.ToEnd();
        (end.TerminationReason, end.KeptIteration, end.Score, end.Status).ShouldBe((reason, kept, scores[kept - 1], "succeeded"));
        end.Answer.ShouldBe($"answer {kept}");
        script.Called.Count(k => k.EndsWith("/inspect", StringComparison.Ordinal)).ShouldBe(scores.Length);
    }

    [Fact]
    public void Of_two_scores_alike_the_earlier_is_kept() =>
        new Script(Runs.Snapshot() with { MaxN2Iterations = 2 }) { Answer = Script.Good(7, 7) }.ToEnd().KeptIteration.ShouldBe(1);

    [Fact]
    public void An_unscored_iteration_does_not_count_for_the_plateau()
    {
        var script = new Script(Runs.Snapshot() with { MaxN2Iterations = 6 }) { Answer = Script.Good(8, null, 8.1, null, 8.1, 9) };
        var end = script.ToEnd();
        (end.TerminationReason, script.Called.Count(k => k.StartsWith("5/", StringComparison.Ordinal))).ShouldBe((TerminationReason.Plateau, 10));
    }

    [Fact]
    public void A_run_without_any_score_ends_unscored_with_its_last_answer()
    {
        var end = new Script(Runs.Snapshot() with { MaxN2Iterations = 2 }) { Answer = Script.Good([null]) }.ToEnd();
        (end.TerminationReason, end.Answer, end.Score, end.Status).ShouldBe((TerminationReason.Unscored, "answer 2", null, "succeeded"));
    }

    [Fact]
    public void A_scored_answer_is_kept_before_a_later_unscored_one() =>
        new Script(Runs.Snapshot() with { MaxN2Iterations = 2 }) { Answer = Script.Good(1, null) }.ToEnd().KeptIteration.ShouldBe(1);

    [Fact]
    public void A_run_at_its_cost_cap_makes_no_further_call()
    {
        var script = new Script(Runs.Snapshot() with { CostCapUsd = 0.05m });
        script.To("1/inspect");
        script.Next(cost: 0.0499m).ShouldBeOfType<RunMove.CallModels>();
        var end = script.Next(cost: 0.05m).ShouldBeOfType<RunMove.EndRun>().End;
        (end.TerminationReason, end.Answer, end.Score, end.Status).ShouldBe((TerminationReason.CostCap, "answer 1", null, "succeeded"));
    }

    [Fact]
    public void A_run_past_its_deadline_ends_with_the_best_it_has_and_fails_without_an_answer()
    {
        var script = new Script(Runs.Snapshot() with { Deadline = Runs.Now });
        script.Next(now: Runs.Now.AddTicks(-1)).ShouldBeOfType<RunMove.CallModels>();
        var end = script.Next(now: Runs.Now).ShouldBeOfType<RunMove.EndRun>().End;
        (end.TerminationReason, end.Kept, end.Status).ShouldBe((TerminationReason.Deadline, null, "failed"));
    }

    [Fact]
    public void A_score_that_reached_the_threshold_wins_over_cap_and_deadline()
    {
        var script = new Script(Runs.Snapshot() with { CostCapUsd = 1, Deadline = Runs.Now.AddHours(1) }) { Answer = Script.Good(9.5) };
        script.ToEnd();
        script.Next(cost: 2, now: Runs.Now.AddDays(1)).ShouldBeOfType<RunMove.EndRun>().End.TerminationReason.ShouldBe(TerminationReason.Threshold);
    }

    [Fact]
    public void A_run_goes_on_with_the_agents_that_answered()
    {
        var script = new Script(Runs.Snapshot());
        script.Answer = call => call.Agent is null or { Key: "decision" } ? Script.Good(9)(call) : null;
        script.ToEnd().Status.ShouldBe("succeeded");
    }

    [Fact]
    public void A_run_in_which_no_agent_answered_fails_and_says_why()
    {
        var end = new Script(Runs.Snapshot()) { Answer = _ => null }.ToEnd();
        (end.TerminationReason, end.Status).ShouldBe((TerminationReason.Failed, "failed"));
        end.ErrorMessage.ShouldBe("No agent answered. The model is down.");
    }

    [Theory]
    [InlineData(StepPhase.Observe)]
    [InlineData(StepPhase.Distil)]
    [InlineData(StepPhase.Assemble)]
    public void A_synthesis_that_fails_at_first_leaves_no_answer(StepPhase phase)
    {
        var end = new Script(Runs.Snapshot()) { Answer = call => call.Phase == phase ? null : Script.Good(5)(call) }.ToEnd();
        (end.TerminationReason, end.Status).ShouldBe((TerminationReason.Failed, "failed"));
        end.ErrorMessage.ShouldNotBeNull().ShouldContain("The model is down.");
    }

    [Fact]
    public void A_judge_that_fails_leaves_the_assembled_answer_unscored()
    {
        var end = new Script(Runs.Snapshot()) { Answer = call => call.Phase is StepPhase.Inspect ? null : Script.Good(5)(call) }.ToEnd();
        (end.TerminationReason, end.Answer, end.Score, end.Status).ShouldBe((TerminationReason.Failed, "answer 1", null, "succeeded"));
    }

    [Theory]
    [InlineData(StepPhase.Agent)]
    [InlineData(StepPhase.Distil)]
    [InlineData(StepPhase.Inspect)]
    public void A_failure_in_a_later_iteration_keeps_the_earlier_answer(StepPhase phase)
    {
        var end = new Script(Runs.Snapshot()) { Answer = call => call.Phase == phase && call.Iteration == 2 ? null : Script.Good(5)(call) }.ToEnd();
        (end.TerminationReason, end.KeptIteration, end.Score, end.Status).ShouldBe((TerminationReason.Failed, 1, 5, "succeeded"));
        end.ErrorMessage.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(StepPhase.Observe)]
    [InlineData(StepPhase.Assemble)]
    public void A_synthesis_without_a_text_is_sent_back_once_and_then_failed(StepPhase phase)
    {
        var script = new Script(Runs.Snapshot()) { Answer = call => call.Phase == phase ? "" : Script.Good(5)(call) };
        script.ToEnd().TerminationReason.ShouldBe(TerminationReason.Failed);
        script.Called.Count(k => k == $"1/{LowerSnake.Write(phase)}").ShouldBe(2);
    }

    [Fact]
    public void A_cancelled_run_keeps_the_best_so_far()
    {
        var run = Runs.Snapshot();
        var script = new Script(run);
        script.To("1/assemble");
        RunPlanner.Best(run, script.Steps).ShouldBeNull();
        script.To("2/agent:creative");
        RunPlanner.Best(run, script.Steps).ShouldBe(new KeptAnswer(1, "answer 1", 5));
    }
}
