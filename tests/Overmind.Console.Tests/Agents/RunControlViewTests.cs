using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.WebConsole.Agents;
using Overmind.WebConsole.Settings;

namespace Overmind.WebConsole.Tests.Agents;

public class RunControlViewTests : BunitContext
{
    static readonly Run Waiting = Runs.Queued with
    {
        Status = RunStatus.Waiting,
        Waiting = new RunWaiting { Iteration = 2, Reason = "approve_from_iteration", EstimatedCostUsd = 0.5m, RepairDirective = "Name the owners.", Since = DateTimeOffset.UnixEpoch },
    };

    // The preferences are the defaults: nobody reads them here.
    public RunControlViewTests() => Services.AddSingleton(TimeProvider.System).AddSingleton(new MemberPreferences(null!, null!));

    [Fact]
    public void A_run_that_waits_asks_for_a_decision_on_its_iteration()
    {
        var decided = new List<string>();
        var page = Panel(Waiting, true, decided);

        page.Find(".outcome").TextContent.ShouldStartWith("Iteration 2 waits for an approval; it may cost $0.50");
        page.Find(".approval").TextContent.ShouldContain("Name the owners.");
        page.FindAll(".approval button")[0].Click();
        page.FindAll(".approval button")[1].Click();
        decided.ShouldBe(["approve 2", "reject 2"]);
        Panel(Waiting, false, decided).FindAll(".approval button").ShouldBeEmpty();
    }

    [Fact]
    public void A_run_that_waits_for_a_budget_says_until_when_and_asks_for_no_decision()
    {
        var page = Panel(
            Waiting with { Waiting = new RunWaiting { Iteration = 1, Reason = RunWaiting.BudgetExceeded, Until = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), Since = DateTimeOffset.UnixEpoch } },
            true, []);

        page.Find(".outcome").TextContent.ShouldBe("A budget is used up. It goes on by itself when the limit is raised, or on 2026-12-01 00:00 UTC.");
        page.FindAll(".approval").ShouldBeEmpty();
    }

    [Fact]
    public void A_delegate_is_shown_in_the_askers_cell_and_makes_no_row()
    {
        var asker = Runs.Step("1/agent:creative", "1. a") with { Delegation = new Delegation("structural", "In which order?") };
        var delegated = Runs.Step("1/agent:structural", "First the roof.") with { StepKey = "1/delegate:creative>structural", Phase = StepPhase.Delegate };
        var page = Panel(Runs.Queued with { Status = RunStatus.Running }, true, [], asker, delegated);

        page.FindAll("tbody .agent").Count.ShouldBe(2);
        page.Find(".delegate").TextContent.ShouldContain("First the roof.");
    }

    IRenderedComponent<RunPanel> Panel(Run run, bool mayStop, List<string> decided, params RunStep[] steps) => Render<RunPanel>(panel => panel
        .Add(p => p.View, new RunViewModel(run, steps.Length > 0 ? steps : Runs.Iteration(1, 8.5)))
        .Add(p => p.Link, key => $"?step={key}")
        .Add(p => p.IterationLink, i => $"?iteration={i}")
        .Add(p => p.MayStop, mayStop)
        .Add(p => p.OnApprove, (int i) => decided.Add($"approve {i}"))
        .Add(p => p.OnReject, (int i) => decided.Add($"reject {i}")));
}
