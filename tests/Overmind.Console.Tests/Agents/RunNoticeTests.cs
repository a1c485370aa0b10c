using Overmind.Agents;
using Overmind.WebConsole.Agents;

namespace Overmind.WebConsole.Tests.Agents;

public class RunNoticeTests
{
    [Fact]
    public void It_says_what_has_become_of_the_run()
    {
        Text(Runs.Succeeded).ShouldBe("Answered: 9.2 of 10 after 2 iterations.");
        Text(Runs.Succeeded with { BestScore = null }).ShouldBe("Answered: unscored after 2 iterations.");
        Text(Runs.Queued with { Status = RunStatus.Failed, Error = new RunError("model_unavailable", "No provider 'm' is connected here.") })
            .ShouldBe("It failed: No provider 'm' is connected here.");
        Text(Runs.Queued with { Status = RunStatus.Failed }).ShouldBe("It failed: it ended without an answer.");
        Text(Runs.Queued with { Status = RunStatus.Cancelled }).ShouldBe("It was stopped.");
    }

    [Theory]
    [InlineData(0.5, "Iteration 2 waits for your approval; it may cost $0.5000.")]
    [InlineData(null, "Iteration 2 waits for your approval.")]
    public void It_says_what_waits_and_what_that_may_cost_where_it_is_known(double? cost, string told) => Text(Runs.Queued with
    {
        Status = RunStatus.Waiting,
        Waiting = new RunWaiting { Iteration = 2, Reason = "approve_from_iteration", EstimatedCostUsd = (decimal?)cost, Since = DateTimeOffset.UnixEpoch },
    }).ShouldBe(told);

    [Fact]
    public void What_waits_for_a_budget_asks_nobody() => Text(Runs.Queued with
    {
        Status = RunStatus.Waiting,
        Waiting = new RunWaiting { Iteration = 2, Reason = RunWaiting.BudgetExceeded, Since = DateTimeOffset.UnixEpoch },
    }).ShouldBe("It waits for a budget, and goes on by itself.");

    [Fact]
    public void A_run_at_work_is_nothing_to_tell()
    {
        Text(Runs.Queued).ShouldBeNull();
        Text(Runs.Queued with { Status = RunStatus.Running }).ShouldBeNull();
    }

    [Fact]
    public void It_leads_to_the_run() =>
        RunNotice.Of(Runs.Succeeded, "Tides")!.Address.ShouldBe($"conversations/{Runs.Succeeded.ConversationId}?run={Runs.Succeeded.Id}");

    static string? Text(Run run) => RunNotice.Of(run, "Tides")?.Text;
}
