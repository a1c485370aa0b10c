using Bunit;
using Overmind.WebConsole.Conversations;
using Overmind.WebConsole.Tests.Agents;
using Overmind.Conversations;

namespace Overmind.WebConsole.Tests.Conversations;

public class MessageViewTests : BunitContext
{
    const string Hostile = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>";

    [Theory]
    [InlineData(MessageRole.User)]
    [InlineData(MessageRole.Assistant)]
    [InlineData(MessageRole.Tool)]
    public void Hostile_text_is_shown_and_does_nothing(MessageRole role)
    {
        var page = View(Of(role, Hostile));

        page.FindAll("script, img, a[href^=javascript]").ShouldBeEmpty();
        page.Find(".message-body").TextContent.ShouldContain("alert(1)");
    }

    [Fact]
    public void What_a_person_wrote_stands_as_they_wrote_it() =>
        View(Of(MessageRole.User, "**a**\n  b")).Find(".message-body").TextContent.ShouldBe("**a**\n  b");

    [Fact]
    public void An_answer_leads_to_its_run_and_says_what_it_is_worth()
    {
        var run = Runs.Succeeded;
        var page = View(Of(MessageRole.Assistant, "Yes.") with { RunId = run.Id, QualityScore = 9.2, N2Iterations = 2 }, run);

        page.Find(".chip").TextContent.ShouldBe("9.2 of 10 after 2 iterations");
        page.Find(".chip").GetAttribute("href").ShouldBe($"?run={run.Id}");
        page.Find(".tag.warn").TextContent.ShouldBe("offline");
    }

    [Fact]
    public void An_imported_answer_of_the_offline_model_is_tagged_too() =>
        View(Of(MessageRole.Assistant, "Yes.") with { ModelUsed = "offline/offline" }).Find(".tag.warn").TextContent.ShouldBe("offline");

    [Fact]
    public void A_very_long_question_is_folded_until_it_is_asked_for()
    {
        var page = View(Of(MessageRole.User, new string('a', 9000)));
        page.Find(".message-body").ClassList.ShouldContain("long");

        page.Find("button").Click();

        page.Find(".message-body").ClassList.ShouldNotContain("long");
    }

    IRenderedComponent<MessageView> View(Message message, Overmind.Agents.Run? run = null) => Render<MessageView>(p => p
        .Add(c => c.Item, new ThreadItem(message, run, []))
        .Add(c => c.RunLink, id => $"?run={id}"));

    static Message Of(MessageRole role, string content) => SampleMessages.Of(role, content);
}
