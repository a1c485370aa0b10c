using Bunit;
using Overmind.Agents;
using Overmind.WebConsole.Conversations;

namespace Overmind.WebConsole.Tests.Conversations;

public class ComposerTests : BunitContext
{
    static readonly RunPlan Plan = new()
    {
        WorkflowKey = "general-problem-solving",
        WorkflowName = "General Problem Solving",
        WorkflowVersion = 1,
        Agents = ["Creative", "Structural"],
        QualityThreshold = 9,
        MaxN2Iterations = 4,
        IsOffline = true,
    };

    readonly List<string> asked = [];

    [Fact]
    public void It_says_what_will_answer() => Composer(true).FindAll(".tag").Select(t => t.TextContent)
        .ShouldBe(["General Problem Solving", "2 agents", "threshold 9.0", "offline"]);

    [Fact]
    public void A_question_is_asked_once_and_the_field_is_empty_again()
    {
        var page = Composer(true);
        page.Find("textarea").Change("Why?");

        page.Find("form").Submit();
        page.Find("form").Submit();

        asked.ShouldBe(["Why?"]);
    }

    [Fact]
    public void A_refused_question_stays()
    {
        var page = Composer(false);
        page.Find("textarea").Change("Why?");

        page.Find("form").Submit();

        page.Find("textarea").GetAttribute("value").ShouldBe("Why?");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    public void Nothing_is_not_a_question(string text)
    {
        var page = Composer(true);
        page.Find("textarea").Change(text);

        page.Find("form").Submit();

        asked.ShouldBeEmpty();
    }

    [Fact]
    public void A_viewer_is_told_that_they_may_not_ask()
    {
        var page = Render<Composer>(p => p.Add(c => c.Draft, "x").Add(c => c.MayAsk, false).Add(c => c.OnAsk, _ => Task.FromResult(true)));

        page.Find("button[type=submit]").HasAttribute("disabled").ShouldBeTrue();
        page.Find("button[type=submit]").GetAttribute("title").ShouldBe("Your role may read, not ask");
    }

    IRenderedComponent<Composer> Composer(bool accepts) => Render<Composer>(p => p
        .Add(c => c.Draft, "x")
        .Add(c => c.Plan, Plan)
        .Add(c => c.OnAsk, question =>
        {
            asked.Add(question);
            return Task.FromResult(accepts);
        }));
}
