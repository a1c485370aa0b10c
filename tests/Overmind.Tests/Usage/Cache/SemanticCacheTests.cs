using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Overmind.Agents;
using Overmind.Models;
using Overmind.Postgres;
using Overmind.Tests.Agents;
using Overmind.Usage.Cache;

namespace Overmind.Tests.Usage.Cache;

public class SemanticCacheTests(CacheStage stage) : IClassFixture<CacheStage>
{
    const string Question = "How do I cancel my subscription?";

    const string Similar = "How can I cancel my subscription?";

    [Fact]
    public async Task A_similar_question_gets_the_answer_and_hears_that_it_is_one_of_another()
    {
        await using var host = await stage.HostAsync(CacheStage.Numbered());
        var here = CacheStage.Semantic with { QualityTier = "similar" };
        var asked = await stage.AskAsync(host, Question, here);

        var given = await stage.AskAsync(host, Similar, here);

        (given.Status, given.Text, given.Result.Cache, given.Result.CostUsd).ShouldBe((CacheStatus.SemanticHit, asked.Text, CacheHitKind.Semantic, 0));
        (await stage.LedgerAsync(given)).ShouldBe("settled cached 0 0 0");
        (await stage.Database.ScalarAsync<double>("select similarity from cache_lookups where id = $1", given.Id)).ShouldBeInRange(0.99, 0.999);
        (await stage.AskAsync(host, Question, here)).Status.ShouldBe(CacheStatus.Hit);
        (await stage.AskAsync(host, Similar, here with { Mode = CacheMode.Exact })).Status.ShouldBe(CacheStatus.Miss);
    }

    [Theory]
    [InlineData("How do I cancel my order?")]
    [InlineData("How do I not cancel my subscription?")]
    [InlineData("How do I cancel my 2 subscriptions?")]
    public async Task A_question_that_is_not_similar_enough_asks_the_model(string other)
    {
        await using var host = await stage.HostAsync(CacheStage.Numbered());
        var here = CacheStage.Semantic with { QualityTier = "other" };
        await stage.AskAsync(host, Question, here);

        (await stage.AskAsync(host, other, here)).Status.ShouldBe(CacheStatus.Miss);
    }

    [Fact]
    public async Task Nothing_but_the_question_may_differ()
    {
        await using var host = await stage.HostAsync(CacheStage.Numbered());
        var here = CacheStage.Semantic with { QualityTier = "scope", Locale = "en" };
        var agents = await stage.AgentsAsync();
        await stage.AskAsync(host, Question, here, otherwise: c => c with { AgentId = agents[0] });

        (await stage.AskAsync(host, Similar, here, otherwise: c => c with { AgentId = agents[0] })).Status.ShouldBe(CacheStatus.SemanticHit);
        (await stage.AskAsync(host, Similar, here, otherwise: c => c with { AgentId = agents[1] })).Status.ShouldBe(CacheStatus.Miss, "another system prompt");
        (await stage.AskAsync(host, Similar, here with { Locale = "de" }, otherwise: c => c with { AgentId = agents[0] })).Status.ShouldBe(CacheStatus.Miss, "another language");
        var tier = here with { QualityTier = "draft" };
        (await stage.AskAsync(host, Similar, tier, otherwise: c => c with { AgentId = agents[0] })).Status.ShouldBe(CacheStatus.Miss, "another tier");
        (await stage.AskAsync(host, Similar, here, otherwise: c => c with { AgentId = agents[0], Model = FakeModel.Unpriced })).Status.ShouldBe(CacheStatus.Miss, "another model");
        (await stage.AskAsync(host, Similar, here, otherwise: c => c with { AgentId = agents[0], Temperature = 1.5 })).Status.ShouldBe(CacheStatus.Miss, "another temperature");
        (await stage.AskAsync(host, Similar, here)).Status.ShouldBe(CacheStatus.Miss, "no agent");
    }

    [Fact]
    public async Task Another_organization_never_gets_it_whatever_it_sends()
    {
        await using var host = await stage.HostAsync(CacheStage.Numbered());
        var here = CacheStage.Semantic with { QualityTier = "intruder" };
        var asked = await stage.AskAsync(host, Question, here);

        foreach (var intruder in (Claims[])[stage.Second.User, stage.Second.Admin])
            foreach (var prompt in (string[])[Question, Similar])
                (await stage.AskAsync(host, prompt, here with { NoStore = true }, intruder)).Status.ShouldBe(CacheStatus.Miss);

        // The same by SQL, with everything that a key or a scope is made of.
        var (key, scope) = (await FindAsync("cache_key"), await FindAsync("scope_hash"));
        var vector = await stage.Database.ScalarAsync<string>("select embedding::text from ai_response_cache where scope_hash = $1", scope);
        foreach (var (claims, found) in ((Claims, long)[])[(stage.First.OtherUser, 1), (stage.Second.User, 0), (stage.Second.Admin, 0), (Claims.Service, 0)])
        {
            var service = claims with { DatabaseRole = DatabaseRole.ServiceRole };
            (await CountAsync(service, "select count(*) from overmind.find_cached_response($1)", key)).ShouldBe(found);
            (await CountAsync(service, "select count(*) from overmind.find_similar_response($1, 'builtin', 'glove-ngram-v1', $2::vector, -1)", scope, vector)).ShouldBe(found);
            (await CountAsync(service, "select count(*) from ai_response_cache where cache_key = $1", key)).ShouldBe(0, "it may be of a private conversation");
        }

        (await CountAsync(stage.First.User, "select count(*) from ai_response_cache where cache_key = $1", key)).ShouldBe(1);
        (await CountAsync(stage.First.Admin, "select count(*) from ai_response_cache where cache_key = $1", key)).ShouldBe(1);

        Task<string> FindAsync(string column) => stage.Database.ScalarAsync<string>($"select {column} from ai_response_cache where ledger_id = $1", asked.Id);
    }

    [Fact]
    public void What_is_no_plain_question_is_found_by_its_key_alone()
    {
        var policy = CachePolicy.Of(new ResponseCacheSettings(), CacheStage.Semantic)!;
        Scope(new ChatMessage(ChatRole.User, "Why?")).ShouldNotBeNull();
        Scope(new ChatMessage(ChatRole.User, new string('x', 501))).ShouldBeNull("a document");
        Scope(new ChatMessage(ChatRole.User, " ")).ShouldBeNull("nothing");
        Scope(new ChatMessage(ChatRole.User, [new TextContent("What is this?"), new DataContent(new byte[] { 1 }, "image/png")])).ShouldBeNull("an image");
        Scope(new ChatMessage(ChatRole.User, "Why?"), new ChatMessage(ChatRole.Assistant, "Because.")).ShouldBeNull("no question at the end");

        string? Scope(params ChatMessage[] messages) => CachedRequest.Of(FakeModel.Priced, policy, messages, null, null)!.Scope;
    }

    [Fact]
    public void Images_and_tools_are_part_of_what_is_asked()
    {
        var policy = CachePolicy.Of(new ResponseCacheSettings(), CacheStage.Semantic)!;
        Key(1, "weather").ShouldBe(Key(1, "weather"));
        Key(1, "weather").ShouldNotBe(Key(2, "weather"));
        Key(1, "weather").ShouldNotBe(Key(1, "news"));
        Scope("weather").ShouldBe(Scope("weather"));
        Scope("weather").ShouldNotBe(Scope("news"));

        string Key(byte image, string tool) => CachedRequest.Of(
            FakeModel.Priced, policy, [new ChatMessage(ChatRole.User, [new TextContent("What is this?"), new DataContent(new[] { image }, "image/png")])], Options(tool), null)!.Key;
        string Scope(string tool) => CachedRequest.Of(FakeModel.Priced, policy, [new ChatMessage(ChatRole.User, "What is this?")], Options(tool), null)!.Scope!;
        ChatOptions Options(string tool) => new() { Tools = [AIFunctionFactory.Create((string city) => city, tool)] };
    }

    Task<long> CountAsync(Claims claims, string sql, params object?[] parameters) => stage.Database.Database.FindAsync<long>(claims, sql, parameters, CancellationToken.None);
}
