using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Overmind.Models;
using Overmind.Tests.Models.Providers;
using Overmind.Usage.Cache;

namespace Overmind.Tests.Usage.Cache;

/// <summary>The response cache before real clients of providers, over sockets.</summary>
public class CachedProviderTests(CacheStage stage) : IClassFixture<CacheStage>
{
    public static TheoryData<ModelProviderKind> Kinds => ProviderCalls.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_streamed_answer_is_given_again_in_its_pieces_and_the_provider_is_asked_once(ModelProviderKind kind)
    {
        var wire = Wire.Of(kind);
        await using var provider = await FakeProvider.StartAsync(Replies.Stream(wire.ContentType, wire.Begin, wire.Delta("In "), wire.Delta("Peru."), wire.End));

        var (first, second) = (await AskAsync(provider, kind, new ChatOptions { MaxOutputTokens = 100 }), await AskAsync(provider, kind, new ChatOptions { MaxOutputTokens = 100 }));

        (first.Lookup!.Kind, second.Lookup!.Kind).ShouldBe((null, CacheHitKind.Exact));
        second.Contents.OfType<TextContent>().Select(t => t.Text).Where(t => t.Length > 0).ShouldBe(first.Contents.OfType<TextContent>().Select(t => t.Text).Where(t => t.Length > 0));
        string.Concat(second.Contents.OfType<TextContent>().Select(t => t.Text)).ShouldBe("In Peru.");
        second.Lookup.TokensSaved.ShouldBePositive();
        provider.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_call_of_a_tool_is_given_again_with_its_arguments(ModelProviderKind kind)
    {
        var wire = Wire.Of(kind);
        await using var provider = await FakeProvider.StartAsync(Replies.Stream(wire.ContentType, wire.ToolEvents));
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string city) => city, "weather")], MaxOutputTokens = 100 };

        var (first, second) = (await AskAsync(provider, kind, options), await AskAsync(provider, kind, options));

        second.Lookup!.Kind.ShouldBe(CacheHitKind.Exact);
        var (asked, given) = (first.Contents.OfType<FunctionCallContent>().ShouldHaveSingleItem(), second.Contents.OfType<FunctionCallContent>().ShouldHaveSingleItem());
        (given.Name, given.CallId, given.Arguments!["city"]!.ToString()).ShouldBe((asked.Name, asked.CallId, "Lima"));
        provider.Requests.Count.ShouldBe(1);
    }

    async Task<(CacheLookup? Lookup, IReadOnlyList<AIContent> Contents)> AskAsync(FakeProvider provider, ModelProviderKind kind, ChatOptions options)
    {
        await using var host = await stage.HostAsync(CacheStage.Numbered());
        var model = new ModelReference($"fake-{LowerSnake.Write(kind)}", "m");
        var policy = CachePolicy.Of(new ResponseCacheSettings(), CacheStage.Exact)!;
        CacheLookup? lookup = null;
        var client = new CachedChatClient(
            ProviderCalls.Client(provider, kind, ProviderCalls.NoRetries), host.Services.GetRequiredService<ResponseCache>(), stage.First.User, model, policy, null,
            Guid.CreateVersion7(), found => lookup = found);
        var updates = await client.GetStreamingResponseAsync(ProviderCalls.Question, options, ProviderCalls.Stop).ToListAsync(ProviderCalls.Stop);
        return (lookup, [.. updates.SelectMany(u => u.Contents)]);
    }
}
