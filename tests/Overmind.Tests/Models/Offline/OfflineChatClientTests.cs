using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Overmind.Agents;
using Overmind.Models.Offline;
using Overmind.Tests.Agents;

namespace Overmind.Tests.Models.Offline;

public class OfflineChatClientTests
{
    static readonly OfflineChatClient Model = new(TimeProvider.System);
    static readonly ChatMessage[] Plain = [new(ChatRole.User, "How do bees find their way back to the hive on a cloudy day?")];

    [Fact]
    public async Task A_plain_chat_gets_a_markdown_reply_that_says_it_is_offline()
    {
        var response = await Model.GetResponseAsync(Plain);
        response.Text.ShouldSatisfyAllConditions(
            text => text.ShouldStartWith("## "),
            text => text.ShouldContain("bees"),
            text => text.ShouldContain("cloudy day"),
            text => text.ShouldContain("*Offline model:"));
        response.ModelId.ShouldBe("offline");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        response.AdditionalProperties.ShouldNotBeNull()["offline"].ShouldBe(true);
        response.Usage.ShouldNotBeNull().TotalTokenCount.ShouldBe(response.Usage!.InputTokenCount + response.Usage.OutputTokenCount);
        response.Usage.InputTokenCount.ShouldBe(14 + 1);
        Model.GetService<ChatClientMetadata>().ShouldNotBeNull().ProviderName.ShouldBe("offline");
    }

    [Fact]
    public async Task Streamed_and_whole_it_is_the_same_text()
    {
        var updates = await Model.GetStreamingResponseAsync(Plain).ToListAsync();
        updates.Count.ShouldBeGreaterThan(3);
        updates.ToChatResponse().Text.ShouldBe((await Model.GetResponseAsync(Plain)).Text);
        updates[^1].FinishReason.ShouldBe(ChatFinishReason.Stop);
    }

    [Fact]
    public async Task An_answer_stops_at_its_token_limit_and_says_so()
    {
        var response = await Model.GetResponseAsync(Plain, new ChatOptions { MaxOutputTokens = 12 });
        response.FinishReason.ShouldBe(ChatFinishReason.Length);
        response.Usage!.OutputTokenCount.ShouldNotBeNull().ShouldBeInRange(10, 12);
        (await Model.GetResponseAsync(Plain)).Text.ShouldStartWith(response.Text);
    }

    [Theory]
    [InlineData(OutputFormat.Sim4Lines)]
    [InlineData(OutputFormat.Json)]
    [InlineData(OutputFormat.Markdown)]
    public async Task An_agent_keeps_its_format(OutputFormat format)
    {
        var run = Runs.Snapshot("Rank \"three\" ways to cool a room {without} electricity.\n- cheap\n- quiet") with { Agents = [Runs.Agent("own", "Night Owl", format)] };
        var loop = new RunLoop(run, Model);
        (await loop.ToEnd()).Status.ShouldBe("succeeded");
        OutputFormats.Violation(format, loop.Steps[0].Output!, truncated: false).ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_sent_back_for_its_length_comes_back_shorter()
    {
        var run = Runs.Snapshot(SampleQuestions.All[5].First) with { Agents = [Runs.Agent("brief", "Brief", OutputFormat.Sim4Lines) with { MaxTokens = 48 }] };
        var loop = new RunLoop(run, Model);
        (await loop.ToEnd()).Status.ShouldBe("succeeded");
        (loop.Steps[0].SentBack, loop.Steps[0].Status, loop.Steps[0].Attempt).ShouldBe((true, "succeeded", 2));
    }

    [Fact]
    public async Task It_writes_as_fast_as_it_is_told()
    {
        var time = new FakeTimeProvider();
        await using var updates = new OfflineChatClient(time, tokensPerSecond: 10).GetStreamingResponseAsync(Plain).GetAsyncEnumerator();
        for (var i = 0; i < 5; i++)
        {
            var next = updates.MoveNextAsync().AsTask();
            time.Advance(TimeSpan.FromMilliseconds(99));
            next.IsCompleted.ShouldBeFalse();
            time.Advance(TimeSpan.FromMilliseconds(1));
            (await next).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_cancelled_call_stops()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = new OfflineChatClient(new FakeTimeProvider(), tokensPerSecond: 1).GetResponseAsync(Plain, cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_speed_that_is_none_is_refused(double speed) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new OfflineChatClient(TimeProvider.System, speed));
}
