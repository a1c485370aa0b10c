using Bunit;
using Overmind.Agents;
using Overmind.Conversations;
using Overmind.Memory;
using Overmind.WebConsole.Conversations;

namespace Overmind.WebConsole.Tests.Conversations;

public class UsedMemoriesTests : BunitContext
{
    static readonly RunMemory Cited = Given(1, "I live in Porto.") with { TextScore = 0.61, VectorScore = 0.82 };
    static readonly RunMemory Other = Given(2, "I like tea.");

    [Fact]
    public void What_an_answer_rests_on_is_counted_and_opened_with_the_reasons()
    {
        var page = Page(_ => Task.FromResult<(IReadOnlyList<RunMemory>?, string?)>(([Cited, Other], null)));
        page.Find(".chip").TextContent.ShouldBe("Rests on 1 memory");
        page.FindAll("li").ShouldBeEmpty();

        page.Find(".chip").Click();

        page.FindAll("li").Select(l => l.ClassName ?? "").ShouldBe(["cited", ""]);
        page.Find("li a").GetAttribute("href").ShouldBe($"memories?memory={Cited.Id}");
        page.FindAll("small").Select(s => s.TextContent)
            .ShouldBe(["cited · words 0.61, meaning 0.82, importance 0.5, recency 1", "given, not cited · importance 0.5, recency 1"]);

        page.Find(".chip").Click();
        page.FindAll("li").ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_read_says_why()
    {
        var page = Page(_ => Task.FromResult<(IReadOnlyList<RunMemory>?, string?)>((null, "There is no message.")));
        page.Find(".chip").Click();
        page.Find("[role=alert]").TextContent.ShouldContain("There is no message.");
    }

    IRenderedComponent<UsedMemories> Page(Func<Message, Task<(IReadOnlyList<RunMemory>? Given, string? Error)>> load) => Render<UsedMemories>(p => p
        .Add(c => c.Message, SampleMessages.Of(MessageRole.Assistant, "In Porto [m1].") with { MemoryRefs = [Cited.Id] })
        .Add(c => c.Load, load));

    static RunMemory Given(int number, string content) => new()
    {
        Id = Guid.CreateVersion7(),
        Number = number,
        Content = content,
        MemoryType = MemoryType.Semantic,
        OwnerType = MemoryOwner.User,
        Tokens = 5,
        Score = 1,
        Recency = 1,
        Importance = 0.5,
    };
}
