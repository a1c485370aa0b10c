using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.WebConsole.Agents;
using Overmind.WebConsole.Settings;

namespace Overmind.WebConsole.Tests.Agents;

public class RunPanelTests : BunitContext
{
    // The preferences are the defaults: nobody reads them here.
    public RunPanelTests() => Services.AddSingleton(TimeProvider.System).AddSingleton(new MemberPreferences(null!, null!));

    [Fact]
    public void A_finished_run_shows_its_score_figures_and_end()
    {
        var page = Panel(Runs.Succeeded, [.. Runs.Iteration(1, 8.5), .. Runs.Iteration(2, 9.2)]);

        page.Find(".dial").GetAttribute("aria-label").ShouldBe("Score 9.2 of 10; threshold 9.0");
        page.FindAll(".facts dd").Select(d => d.TextContent.Trim()).ShouldBe(["2 of 4", "18,402", "$0.1127", "11.8 s"]);
        page.Find(".outcome").TextContent.ShouldBe("Iteration 2 reached the threshold of 9.0.");
        page.FindAll("thead th").Select(h => h.TextContent.Trim()).ShouldBe(["Agent", "Iteration 1 8.5", "Iteration 2 9.2 kept"]);
        page.Find(".verdict.repair").TextContent.ShouldContain("Name the owners.");
        page.FindAll("button").ShouldNotContain(b => b.TextContent.Contains("Stop", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_row_of_the_offline_model_is_tagged()
    {
        var page = Panel(Runs.Succeeded, [.. Runs.Iteration(1, 9.2)]);

        page.FindAll("tbody .agent .tag.warn").Count.ShouldBe(3);
        page.Find(".head .tag.warn").TextContent.ShouldBe("offline");
    }

    [Fact]
    public void A_run_of_another_model_is_not_tagged()
    {
        var steps = Runs.Iteration(1, 9.2).Select(s => s with { Provider = "openai", Model = "gpt-4-turbo" });

        var page = Panel(Runs.Succeeded with { IsOffline = false }, [.. steps]);

        page.FindAll(".tag.warn").ShouldBeEmpty();
        page.Find(".agent small").TextContent.Trim().ShouldBe("gpt-4-turbo");
    }

    [Fact]
    public void An_unscored_run_has_a_dash_and_not_a_zero()
    {
        var run = Runs.Succeeded with { BestScore = null, N2Iterations = 1, BestIteration = 1, TerminationReason = TerminationReason.Unscored, CostUsd = null };
        var page = Panel(run, [.. Runs.Iteration(1, 0).Take(5), Runs.Step("1/inspect", "Nice.", error: "It is not JSON.")]);

        page.Find(".dial b").TextContent.ShouldBe("–");
        page.FindAll(".facts dd")[2].TextContent.ShouldBe("–");
        page.Find("thead th:nth-child(2)").TextContent.ShouldContain("unscored");
    }

    [Fact]
    public void A_failed_answer_says_why()
    {
        var page = Panel(Runs.Succeeded, [Runs.Step("1/agent:creative", "1. a", StepStatus.Failed, "It has 1 line, not four.")]);

        page.Find(".cell .bad").TextContent.ShouldBe("It has 1 line, not four.");
    }

    [Fact]
    public void What_models_write_is_text()
    {
        const string hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>";
        var steps = Runs.Iteration(1, 8.5).Select(s => s with { Output = s.Phase is StepPhase.Inspect ? Runs.Verdict(8.5, hostile, hostile) : hostile });

        var page = Panel(Runs.Succeeded with { Error = new RunError("model_failed", hostile) }, [.. steps, .. Runs.Iteration(2, 9.2)]);

        page.FindAll("script, img").ShouldBeEmpty();
        page.Find(".cell-text").TextContent.ShouldContain("<script>");
    }

    [Fact]
    public void A_run_at_work_can_be_stopped_once()
    {
        var stopped = 0;
        var view = new RunViewModel(Runs.Queued, []);
        var page = Render<RunPanel>(p => p.Add(c => c.View, view).Add(c => c.Link, k => k).Add(c => c.IterationLink, i => $"{i}").Add(c => c.OnStop, () => stopped++));

        page.Find(".button.danger").Click();
        stopped.ShouldBe(1);

        view.Take(Runs.Queued with { CancelRequestedAt = Runs.Queued.CreatedAt }, []);
        page.Render();
        page.Find(".button.danger").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public void Every_answer_leads_to_its_whole_text()
    {
        var page = Panel(Runs.Succeeded, [.. Runs.Iteration(1, 9.2)]);

        page.FindAll("a.cell, .odai a").Select(a => a.GetAttribute("href")).ShouldBe(
            ["?step=1/agent:creative", "?step=1/agent:structural", "?step=1/observe", "?step=1/distil", "?step=1/assemble", "?step=1/inspect"]);
    }

    IRenderedComponent<RunPanel> Panel(Run run, IReadOnlyList<RunStep> steps) => Render<RunPanel>(p => p
        .Add(c => c.View, new RunViewModel(run, steps))
        .Add(c => c.Link, key => $"?step={key}")
        .Add(c => c.IterationLink, i => $"?iteration={i}"));
}
