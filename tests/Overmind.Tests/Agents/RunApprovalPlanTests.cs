using Overmind.Agents;
using static Overmind.Agents.RunMove;

namespace Overmind.Tests.Agents;

public class RunApprovalPlanTests
{
    static readonly RunSnapshot FromSecond = Runs.Snapshot() with { ApproveFromIteration = 2 };

    [Fact]
    public void Each_iteration_from_the_named_one_on_waits_for_an_approval_of_its_own()
    {
        var script = ToWaiting(FromSecond);
        var waiting = script.Next().ShouldBeOfType<AwaitApproval>().Waiting;
        (waiting.Iteration, waiting.Reason, waiting.CostUsd, waiting.EstimatedCostUsd, waiting.RepairDirective)
            .ShouldBe((2, "approve_from_iteration", 0, 0, "repair 1"));

        var approved = FromSecond with { Approvals = [Decision(2, "approved")] };
        Plan(approved, script).ShouldBeOfType<CallModels>().Iteration.ShouldBe(2);
        var further = new Script(approved);
        further.Steps.AddRange(script.Steps);
        while (further.Next() is CallModels { Calls: var calls })
            foreach (var call in calls) further.Make(call);
        further.Next().ShouldBeOfType<AwaitApproval>().Waiting.Iteration.ShouldBe(3);
    }

    [Fact]
    public void An_iteration_that_has_begun_waits_no_more()
    {
        var script = ToWaiting(FromSecond);
        script.Steps.Add(new RecordedStep { StepKey = "2/agent:creative", Status = "running", Attempt = 1 });
        script.Next().ShouldBeOfType<CallModels>().Iteration.ShouldBe(2);
    }

    [Fact]
    public void A_rejected_iteration_ends_the_run_with_its_best()
    {
        var end = Plan(FromSecond with { Approvals = [Decision(2, "rejected")] }, ToWaiting(FromSecond)).ShouldBeOfType<EndRun>().End;
        (end.Status, end.TerminationReason, end.Answer, end.Score).ShouldBe(("succeeded", TerminationReason.Cancelled, "answer 1", 5));
    }

    [Fact]
    public void A_rejected_first_iteration_leaves_nothing_and_the_run_is_cancelled()
    {
        var run = Runs.Snapshot() with { ApproveFromIteration = 1, Approvals = [Decision(1, "rejected")] };
        var end = new Script(run).Next().ShouldBeOfType<EndRun>().End;
        (end.Status, end.TerminationReason, end.Answer).ShouldBe(("cancelled", TerminationReason.Cancelled, null));
    }

    [Theory]
    [InlineData(4.9, true)]
    [InlineData(5.0, false)]
    public void An_iteration_that_may_bring_the_cost_above_the_limit_waits(double limit, bool waits)
    {
        var run = Runs.Snapshot() with { ApproveAboveUsd = (decimal)limit };
        var script = new Script(run);
        // Ten steps of 0.25 dollars: the next iteration is reckoned to cost as much again.
        while (!script.Steps.Exists(s => s.StepKey == "1/inspect"))
            foreach (var call in script.Planned()) script.Make(call);
        var paid = script.Steps.Select(s => s with { CostUsd = 0.25m }).ToList();

        var move = RunPlanner.Next(run, paid, Runs.Now, 2.5m);

        if (!waits) move.ShouldBeOfType<CallModels>();
        else move.ShouldBeOfType<AwaitApproval>().Waiting.ShouldBe(new RunWaiting
        {
            Iteration = 2,
            Reason = "approve_above_usd",
            CostUsd = 2.5m,
            EstimatedCostUsd = 2.5m,
            RepairDirective = "repair 1",
            Since = Runs.Now,
        });
    }

    [Fact]
    public void A_directive_given_with_the_approval_is_what_the_iteration_repairs()
    {
        var run = FromSecond with { Approvals = [Decision(2, "approved") with { Directive = "Name the costs." }] };
        var calls = Plan(run, ToWaiting(FromSecond)).ShouldBeOfType<CallModels>().Calls;
        calls[0].Messages[1].Text.ShouldContain("<directive>\nName the costs.\n</directive>");
    }

    [Fact]
    public void A_deadline_ends_a_run_that_waits()
    {
        var run = FromSecond with { Deadline = Runs.Now };
        Plan(run, ToWaiting(FromSecond)).ShouldBeOfType<EndRun>().End.TerminationReason.ShouldBe(TerminationReason.Deadline);
    }

    static Script ToWaiting(RunSnapshot run)
    {
        var script = new Script(run);
        while (script.Next() is CallModels { Calls: var calls })
            foreach (var call in calls) script.Make(call);
        return script;
    }

    static RunMove Plan(RunSnapshot run, Script script) => RunPlanner.Next(run, script.Steps, Runs.Now, 0);

    static RunDecision Decision(int iteration, string decision) => new() { Iteration = iteration, Decision = decision, DecidedAt = Runs.Now };
}
