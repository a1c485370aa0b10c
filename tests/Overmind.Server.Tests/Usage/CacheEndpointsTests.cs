using System.Text.Json;
using Overmind.Client;
using Overmind.Server.Tests.Agents;

namespace Overmind.Server.Tests.Usage;

public sealed class CacheEndpointsTests(ApiServers servers)
{
    const string Mode = "x-overmind-cache";

    ApiServer Server => servers.Fast;

    [Fact]
    public async Task An_answer_is_given_again_as_the_same_stream_and_its_header_says_so()
    {
        var body = Prompt("What is a quay?");
        var asked = (await Server.User.PostAsync("/v1/playground", body, (Mode, "exact"))).Expect(200);
        var given = (await Server.User.PostAsync("/v1/playground", body, (Mode, "exact"))).Expect(200);

        (asked.Header(Mode), given.Header(Mode)).ShouldBe(("miss", "hit"));
        var (first, second) = (AnswerOf(asked), AnswerOf(given));
        second.GetProperty("output").GetString().ShouldBe(first.GetProperty("output").GetString());
        string.Concat(SentEvent.Parse(given.Text).SkipLast(1).Select(e => e.Data.GetProperty("delta").GetString())).ShouldBe(first.GetProperty("output").GetString());
        (first.GetProperty("cache").ValueKind, second.GetProperty("cache").GetString(), second.GetProperty("tokens_output").GetInt64()).ShouldBe((JsonValueKind.Null, "exact", 0));
        (await Server.User.PostAsync("/v1/playground", body)).Header(Mode).ShouldBe("off");
        (await Server.Stranger.PostAsync("/v1/playground", body, (Mode, "exact"))).Header(Mode).ShouldBe("miss");
    }

    [Theory]
    [InlineData(Mode, "sometimes")]
    [InlineData(Mode, "")]
    [InlineData("x-overmind-cache-ttl", "soon")]
    [InlineData("x-overmind-cache-ttl", "0")]
    [InlineData("x-overmind-cache-ttl", "31536001")]
    [InlineData("x-overmind-cache-tags", "no tag")]
    [InlineData("x-overmind-cache-tags", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17")]
    [InlineData("x-overmind-cache-tier", "a tier")]
    public async Task What_a_header_cannot_say_is_refused_by_its_name(string header, string value)
    {
        (await Server.User.PostAsync("/v1/playground", Prompt("Why?"), (header, value))).ExpectProblem(400, "invalid_parameter", header);
        var conversation = await Server.User.NewConversationAsync();
        (await Server.User.PostAsync($"/v1/conversations/{conversation}/runs", """{"question": "Why?"}""", (header, value))).ExpectProblem(400, "invalid_parameter", header);
    }

    [Fact]
    public async Task Answers_are_seen_and_removed_by_whose_calls_brought_them_and_by_admins()
    {
        await using var server = await servers.StartAsync();
        await AskAsync(server.User, "What is a pier?", "piers");
        await AskAsync(server.OtherUser, "What is a mole?", "moles");

        (await server.Admin.GetAsync("/v1/cache/entries")).Expect(200).Items.Count.ShouldBe(2);
        var mine = (await server.User.GetAsync("/v1/cache/entries?model=offline/offline")).Expect(200).Items.ShouldHaveSingleItem().ShouldBeA("cache.entry");
        (await server.Stranger.GetAsync("/v1/cache/entries")).Expect(200).Items.ShouldBeEmpty();
        mine.GetProperty("tags").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe("piers");
        var id = mine.GetProperty("id").GetGuid();
        (await server.OtherUser.GetAsync($"/v1/cache/entries/{id}")).ExpectProblem(404, "cache_entry_not_found");
        (await server.OtherUser.DeleteAsync($"/v1/cache/entries/{id}")).ExpectProblem(404, "cache_entry_not_found");
        (await server.Viewer.DeleteAsync($"/v1/cache/entries/{id}")).ExpectProblem(403, "forbidden");

        (await AskAsync(server.User, "What is a pier?", "piers")).Header(Mode).ShouldBe("hit");
        (await server.User.GetAsync($"/v1/cache/entries/{id}")).Expect(200).Json.GetProperty("hit_count").GetInt64().ShouldBe(1);

        (await InvalidateAsync(server.OtherUser, """{"tag": "piers"}""")).ShouldBe(0);
        (await InvalidateAsync(server.User, """{"tag": "piers"}""")).ShouldBe(1);
        (await AskAsync(server.User, "What is a pier?", "piers")).Header(Mode).ShouldBe("miss");
        (await InvalidateAsync(server.Admin, """{"model": "offline/offline"}""")).ShouldBe(2);
        await AskAsync(server.User, "What is a pier?", "piers");
        (await InvalidateAsync(server.Stranger, """{"all": true}""")).ShouldBe(0);
        (await InvalidateAsync(server.Admin, """{"all": true}""")).ShouldBe(1);
    }

    [Theory]
    [InlineData("{}", 422, "invalid_value", "tag")]
    [InlineData("""{"tag": "a", "all": true}""", 422, "invalid_value", "tag")]
    [InlineData("""{"tag": ""}""", 422, "invalid_value", "tag")]
    [InlineData("""{"model": "gpt"}""", 422, "invalid_value", "model")]
    [InlineData("""{"everything": true}""", 400, "unknown_field", "everything")]
    public async Task What_is_to_be_removed_is_said_exactly(string body, int status, string code, string param) =>
        (await Server.User.PostAsync("/v1/cache/invalidate", body)).ExpectProblem(status, code, param);

    [Fact]
    public async Task A_wrong_answer_is_reported_by_who_got_it_and_shows_in_the_savings()
    {
        await using var server = await servers.StartAsync();
        var client = new OvermindClient(server.Url, server.User.Key!);
        await AskAsync(client, "How do I cancel my subscription?");
        var given = await AskAsync(client, "How can I cancel my subscription?");
        var other = await AskAsync(client, "How do I cancel my order?");
        (given.Cache, given.CostUsd, other.Cache).ShouldBe(("semantic", 0, null));

        (await server.OtherUser.PostAsync($"/v1/cache/hits/{given.Id}/report")).ExpectProblem(404, "cache_hit_not_found");
        (await server.User.PostAsync($"/v1/cache/hits/{other.Id}/report")).ExpectProblem(404, "cache_hit_not_found");
        var reported = await client.Cache.ReportWrongAsync(given.Id);
        (reported.Kind, reported.ReportedAt is not null).ShouldBe(("semantic", true));
        await Should.ThrowAsync<OvermindApiException>(client.Cache.GetAsync(reported.EntryId));
        (await AskAsync(client, "How can I cancel my subscription?")).Cache.ShouldBeNull();

        var savings = await client.Cache.SavingsAsync();
        (savings.Total.Lookups, savings.Total.Hits, savings.Total.HitRate, savings.Total.Semantic.Hits, savings.Total.Exact.Hits).ShouldBe((4, 1, 0.25, 1, 0));
        savings.Total.Semantic.TokensSaved.ShouldBeGreaterThan(0);
        var day = savings.Data.ShouldHaveSingleItem();
        (day.Lookups, day.EndTime - day.StartTime).ShouldBe((4, TimeSpan.FromDays(1)));
        savings.SimilarityBands.ShouldHaveSingleItem().ShouldBe(new SimilarityBand(0.98, 1, 1, 1, 0));
        (await client.Cache.SavingsAsync(hours: true)).Data.Sum(b => b.Lookups).ShouldBe(4);
        (await new OvermindClient(server.Url, server.OtherUser.Key!).Cache.SavingsAsync()).Total.Lookups.ShouldBe(0);
        (await new OvermindClient(server.Url, server.Admin.Key!).Cache.SavingsAsync()).Total.Lookups.ShouldBe(4);
        (await server.User.GetAsync("/v1/cache/savings?since=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z")).ExpectProblem(400, "invalid_parameter", "since");
    }

    [Fact]
    public async Task A_run_that_asks_what_was_asked_before_is_answered_from_the_cache_by_the_organizations_setting()
    {
        await using var server = await servers.StartAsync();
        var changed = await new OvermindClient(server.Url, server.Admin.Key!).Settings.UpdateAsync(
            new OrganizationSettingsChanges { ResponseCache = new ResponseCacheSettings { Mode = "exact", TtlSeconds = 600 } });
        (changed.ResponseCache.Mode, changed.ResponseCache.TtlSeconds, changed.ResponseCache.MinSimilarity).ShouldBe(("exact", 600, 0.99));
        await server.User.EndedRunAsync();

        var again = await server.User.EndedRunAsync();

        var steps = (await server.User.GetAsync($"/v1/runs/{again.GetProperty("id")}/steps")).Expect(200).Items;
        steps.Count.ShouldBeGreaterThan(0);
        steps.ShouldAllBe(s => s.GetProperty("cache").GetString() == "exact" && s.GetProperty("cache_hit_id").GetGuid() != Guid.Empty);
        (await server.Admin.PatchAsync("/v1/settings", """{"response_cache": {"mode": "exact", "min_similarity": 0.5}}""")).ExpectProblem(422, "invalid_value", "response_cache.min_similarity");
        (await server.Admin.PatchAsync("/v1/settings", """{"response_cache": {"ttl_seconds": 5}}""")).ExpectProblem(422, "missing_field", "response_cache.mode");
    }

    [Fact]
    public async Task Twenty_who_ask_the_same_at_once_of_two_servers_make_one_call()
    {
        var encryptionKey = SecretCipher.NewKey();
        await using var first = await servers.StartAsync(offlineTokensPerSecond: 20, configure: options => options with { EncryptionKey = encryptionKey });
        await using var second = await SecondNode.StartAsync(first, encryptionKey);
        using var there = second.As(first.User.Key!);
        var body = Prompt("Which harbours have a lighthouse that is older than the town?");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? first.User : there).PostAsync("/v1/playground", body, (Mode, "exact"))));

        answers.Count(a => a.Header(Mode) == "miss").ShouldBe(1);
        answers.Count(a => a.Header(Mode) == "hit").ShouldBe(19);
        answers.Select(a => AnswerOf(a).GetProperty("output").GetString()).Distinct().Count().ShouldBe(1);
        (await first.Database.ScalarAsync<string>("select string_agg(distinct outcome, ' ' order by outcome) || ' ' || count(*) filter (where outcome = 'succeeded') from token_usage"))
            .ShouldBe("cached succeeded 1");
    }

    static string Prompt(string prompt) => JsonSerializer.Serialize(new { prompt, model = "offline/offline" });

    static async Task<Answer> AskAsync(Api api, string prompt, string tag) =>
        (await api.PostAsync("/v1/playground", Prompt(prompt), (Mode, "exact"), ("x-overmind-cache-tags", tag))).Expect(200);

    static async Task<PlaygroundAnswer> AskAsync(OvermindClient client, string prompt)
    {
        PlaygroundAnswer? answer = null;
        await foreach (var update in client.Playground.AskAsync(
            new NewPlaygroundCall { Prompt = prompt, Model = "offline/offline", Cache = new CacheOptions { Mode = "semantic", Tags = ["support"], TtlSeconds = 600, Language = "en" } })) answer = update.Answer;
        return answer!;
    }

    static async Task<long> InvalidateAsync(Api api, string body) => (await api.PostAsync("/v1/cache/invalidate", body)).Expect(200).Json.GetProperty("count").GetInt64();

    static JsonElement AnswerOf(Answer streamed) => SentEvent.Parse(streamed.Text)[^1].Data.GetProperty("answer");
}
