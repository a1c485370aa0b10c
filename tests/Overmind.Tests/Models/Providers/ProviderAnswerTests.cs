using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Overmind.Errors;
using Overmind.Models;
using Overmind.Models.Providers;
using static Overmind.Tests.Models.Providers.ProviderCalls;

namespace Overmind.Tests.Models.Providers;

/// <summary>What providers answer, over a real socket, in their own wire formats.</summary>
public class ProviderAnswerTests
{
    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
    public async Task A_plain_answer_comes_with_its_counts(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Replies.Json(Wire.Of(kind).Plain("In Peru.")));

        var response = await Client(provider, kind).GetResponseAsync(Question, new ChatOptions { MaxOutputTokens = 100, Temperature = 0.5f }, Stop);

        response.Text.ShouldBe("In Peru.");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        ShouldCount(kind, response.Usage!);
        Raw(kind, (JsonObject)response.AdditionalProperties![RawUsage.Name]!).ShouldBe(7);
        var request = provider.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe(Wire.Of(kind).Path);
        request.Body.ShouldContain("Where is Lima?");
        request.Headers[kind is ModelProviderKind.Anthropic ? "x-api-key" : "Authorization"].ShouldEndWith(FakeProvider.Secret);
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
    public async Task A_streamed_answer_comes_piece_by_piece_with_its_counts(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Stream("In ", "Peru", ", \"Lima\" – 秘鲁."));

        var updates = await Client(provider, kind).GetStreamingResponseAsync(Question, new ChatOptions { MaxOutputTokens = 100 }, Stop).ToListAsync(Stop);

        updates.Select(u => u.Text).Where(t => t.Length > 0).ShouldBe(["In ", "Peru", ", \"Lima\" – 秘鲁."]);
        updates.ShouldContain(u => u.FinishReason == ChatFinishReason.Stop);
        ShouldCount(kind, Usage(updates));
        var last = updates.SelectMany(u => u.Contents.OfType<UsageContent>()).Last();
        Raw(kind, (JsonObject)last.AdditionalProperties![RawUsage.Name]!).ShouldBe(7);
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
    public async Task A_call_of_a_tool_comes_with_its_arguments(ModelProviderKind kind)
    {
        var wire = Wire.Of(kind);
        await using var provider = await FakeProvider.StartAsync(Replies.Json(wire.Tool), Replies.Stream(wire.ContentType, wire.ToolEvents));
        var tool = AIFunctionFactory.Create((string city) => "sunny", "weather", "The weather in a city");
        var options = new ChatOptions { Tools = [tool], MaxOutputTokens = 100 };

        var plain = (await Client(provider, kind).GetResponseAsync(Question, options, Stop)).Messages.SelectMany(m => m.Contents);
        var streamed = (await Client(provider, kind).GetStreamingResponseAsync(Question, options, Stop).ToListAsync(Stop)).SelectMany(u => u.Contents);

        foreach (var call in (FunctionCallContent[])[plain.OfType<FunctionCallContent>().ShouldHaveSingleItem(), streamed.OfType<FunctionCallContent>().ShouldHaveSingleItem()])
        {
            call.Name.ShouldBe("weather");
            call.Arguments!["city"]!.ToString().ShouldBe("Lima");
        }
        provider.Requests.ShouldAllBe(r => r.Body.Contains("\"weather\""));
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
    public async Task An_answer_of_10_MB_comes_whole(ModelProviderKind kind)
    {
        var piece = new string('x', 64 * 1024);
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Stream(Enumerable.Repeat(piece, 160)), Replies.Json(Wire.Of(kind).Plain(new string('y', 10 * 1024 * 1024))));
        var text = new StringBuilder();

        await StreamAsync(Client(provider, kind), text);

        text.Length.ShouldBe(160 * 64 * 1024);
        (await Client(provider, kind).GetResponseAsync(Question, cancellationToken: Stop)).Text.Length.ShouldBe(10 * 1024 * 1024);
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
    public async Task Without_a_key_none_is_sent(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Wire.Of(kind).Stream("In Peru."));
        await StreamAsync(new ProviderClient(provider.Connection(kind, secret: null), TimeProvider.System).Chat("m"));
        provider.Requests.ShouldHaveSingleItem().Headers.Keys.ShouldNotContain(name => name.Equals("authorization", StringComparison.OrdinalIgnoreCase) || name.Equals("x-api-key", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Kinds), MemberType = typeof(ProviderCalls))]
    public async Task Models_are_listed_as_the_provider_lists_them(ModelProviderKind kind)
    {
        await using var provider = await FakeProvider.StartAsync(Replies.Json(Wire.Of(kind).Models), Replies.Json("[]"), Replies.Json("{"), Replies.Json("", 401));
        var client = new ProviderClient(provider.Connection(kind), TimeProvider.System);

        (await client.ListAsync(Stop)).Select(m => m.Id).ShouldContain("fake/chat-mini");

        foreach (var code in (ErrorCode[])[ErrorCode.ModelBadResponse, ErrorCode.ModelBadResponse, ErrorCode.ModelAuthenticationFailed])
            (await FailAsync(() => client.ListAsync(Stop))).Code.ShouldBe(code);
    }

    static UsageDetails Usage(IEnumerable<ChatResponseUpdate> updates)
    {
        var usage = new UsageDetails();
        foreach (var content in updates.SelectMany(u => u.Contents.OfType<UsageContent>())) usage.Add(content.Details);
        return usage;
    }

    static void ShouldCount(ModelProviderKind kind, UsageDetails usage)
    {
        usage.InputTokenCount.ShouldBe(21);
        usage.OutputTokenCount.ShouldBe(7);
        usage.CachedInputTokenCount.ShouldBe(kind is ModelProviderKind.Ollama ? null : 5);
        usage.ReasoningTokenCount.ShouldBe(kind is ModelProviderKind.Openai ? 3 : null);
    }

    static long Raw(ModelProviderKind kind, JsonObject usage) => usage[kind switch
    {
        ModelProviderKind.Openai => "completion_tokens",
        ModelProviderKind.Anthropic => "output_tokens",
        _ => "eval_count",
    }]!.GetValue<long>();
}
