namespace Overmind.Server.Tests.Memory;

public class MemorySearchTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task A_memory_is_found_by_its_meaning_over_the_api_with_the_reasons()
    {
        var made = (await api.PostAsync("/v1/memories", """{"memory_type":"semantic","content":"Allergy: cannot eat peanuts","tags":["health"]}""")).Expect(201);
        var found = (await api.PostAsync("/v1/memories/search", """{"query":"Which nuts are bad for them?","tags":["health"],"weights":{"vector":2}}""")).Expect(200).Json.ShouldBeA("memory.search");
        (found.Text("mode"), found.Text("vector")).ShouldBe(("hybrid", "used"));
        var hit = found.GetProperty("data")[0].ShouldBeA("memory.hit");
        hit.GetProperty("memory").ShouldBeA("memory").Text("id").ShouldBe(made.Id.ToString());
        hit.GetProperty("score_parts").GetProperty("vector").GetDouble().ShouldBeGreaterThan(0.1);
        (await servers.Fast.OtherUser.PostAsync("/v1/memories/search", """{"query":"peanuts"}""")).Expect(200).Json.GetProperty("data").EnumerateArray()
            .ShouldNotContain(other => other.GetProperty("memory").Text("id") == made.Id.ToString());
        (await servers.Fast.Stranger.PostAsync("/v1/memories/search", """{"query":"peanuts"}""")).Expect(200).Json.GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{}""", 422, "missing_field", "query")]
    [InlineData("""{"query":""}""", 422, "invalid_value", "query")]
    [InlineData("""{"query":"a","mode":"fuzzy"}""", 422, "invalid_value", "mode")]
    [InlineData("""{"query":"a","weights":{"text":11}}""", 422, "invalid_value", "weights.text")]
    [InlineData("""{"query":"a","weights":{"speed":1}}""", 400, "unknown_field", "weights.speed")]
    [InlineData("""{"query":"a","limit":0}""", 422, "invalid_value", "limit")]
    [InlineData("""{"query":"a","memory_types":["dreams"]}""", 422, "invalid_value", "memory_types[0]")]
    [InlineData("""{"query":"a\u0000"}""", 422, "invalid_text", "query")]
    public async Task What_cannot_be_looked_for_is_refused(string body, int status, string code, string param) =>
        (await api.PostAsync("/v1/memories/search", body)).ExpectProblem(status, code, param);

    [Fact]
    public async Task An_organization_sets_how_much_each_part_of_a_score_counts()
    {
        await using var server = await servers.StartAsync();
        await server.User.PostAsync("/v1/memories", """{"memory_type":"semantic","content":"The physician prescribed an ointment."}""");
        (await MeaningCountsAsync()).ShouldBeTrue();

        (await server.Admin.PatchAsync("/v1/settings", """{"search_weights":{"vector":0,"text":11}}""")).ExpectProblem(422, "invalid_value", "search_weights.text");
        var changed = (await server.Admin.PatchAsync("/v1/settings", """{"search_weights":{"vector":0}}""")).Expect(200).Json.GetProperty("search_weights");
        (changed.GetProperty("vector").GetDouble(), changed.GetProperty("neighbours").GetDouble()).ShouldBe((0, 0.35));
        (await MeaningCountsAsync()).ShouldBeFalse();
        (await server.Admin.PatchAsync("/v1/settings", """{"search_weights":null}""")).Expect(200).Json.GetProperty("search_weights").GetProperty("vector").GetDouble().ShouldBe(1);
        (await MeaningCountsAsync()).ShouldBeTrue();

        async Task<bool> MeaningCountsAsync() => (await server.User.PostAsync("/v1/memories/search", """{"query":"doctor medicine","weights":{"recency":0,"importance":0}}""")).Expect(200)
            .Json.GetProperty("data").EnumerateArray().Any(hit => hit.GetProperty("score").GetDouble() > 0);
    }

    [Fact]
    public async Task Messages_are_found_by_meaning_and_signs_search_words_alone()
    {
        var conversation = await api.NewConversationAsync();
        var message = await api.NewMessageAsync(conversation, "The physician prescribed an ointment.");
        var found = (await api.GetAsync($"/v1/search?query=doctor%20medicine&conversation_id={conversation}")).Expect(200).Json.ShouldBeA("search.results");
        (found.Text("mode"), found.Text("vector"), found.GetProperty("data")[0].Text("id")).ShouldBe(("hybrid", "used", message.ToString()));
        (await api.GetAsync($"/v1/search?query=doctor%20-nurse&conversation_id={conversation}")).Expect(200).Json.Text("mode").ShouldBe("text");
        (await api.GetAsync($"/v1/search?query=ointment&mode=semantic&weights=vector:0.5&conversation_id={conversation}")).Expect(200).Json.Text("mode").ShouldBe("semantic");
        (await api.GetAsync("/v1/search?query=a&weights=vector")).ExpectProblem(400, "invalid_parameter", "weights");
        (await api.GetAsync("/v1/search?query=a&mode=fuzzy")).ExpectProblem(400, "invalid_parameter", "mode");
    }
}
