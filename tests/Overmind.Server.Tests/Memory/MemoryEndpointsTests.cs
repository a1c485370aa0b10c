using System.Text.Json;

namespace Overmind.Server.Tests.Memory;

public class MemoryEndpointsTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task A_memory_is_written_read_corrected_and_said_again()
    {
        var made = (await api.PostAsync("/v1/memories", """{"memory_type":"semantic","content":"Sail: made of linen","tags":["boats"],"importance":0.8,"metadata":{"seen":{"at":"dock"}}}""")).Expect(201);
        made.Json.ShouldBeA("memory").GetProperty("content_parts").Text("definition").ShouldBe("made of linen");
        made.Json.GetProperty("recency").GetDouble().ShouldBe(1, 0.001);
        made.Json.Text("source").ShouldBe("user");
        var path = made.Header("Location")!;

        var changed = (await api.PatchAsync(path, """{"content_parts":{"concept":"Sail","definition":"made of nylon"},"change_reason":"Looked again"}""", ("If-Match", made.Header("ETag")!))).Expect(200);
        changed.Json.Text("content").ShouldBe("Sail: made of nylon");
        changed.Json.GetProperty("version_number").GetInt32().ShouldBe(2);
        (await api.PatchAsync(path, """{"importance":0.1}""", ("If-Match", made.Header("ETag")!))).ExpectProblem(412, "precondition_failed");

        var versions = (await api.GetAsync($"{path}/versions")).ShouldBeAListOf("memory.version");
        versions.Select(v => v.Text("content")).ShouldBe(["Sail: made of nylon", "Sail: made of linen"]);
        versions[0].Text("change_reason").ShouldBe("Looked again");
        (await api.PostAsync($"{path}/versions/1/restore", """{"change_reason":"Was right"}""")).Expect(200).Json.Text("content").ShouldBe("Sail: made of linen");
        (await api.PostAsync($"{path}/versions/9/restore")).ExpectProblem(404, "memory_version_not_found");
        (await api.GetAsync(path)).Expect(200).Json.GetProperty("version_number").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task The_same_is_remembered_once_and_what_is_there_is_answered()
    {
        var first = (await api.PostAsync("/v1/memories", """{"memory_type":"semantic","content":"Mast: of spruce"}""")).Expect(201);
        (await api.PostAsync("/v1/memories", """{"memory_type":"semantic","content":" MAST:  of spruce ","importance":1}""")).Expect(200).Id.ShouldBe(first.Id);
        (await api.PostAsync("/v1/memories", """{"memory_type":"semantic","content_parts":{"concept":"Mast","definition":"of spruce"}}""")).Expect(200).Id.ShouldBe(first.Id);

        var other = (await api.PostAsync("/v1/memories", """{"memory_type":"semantic","content":"Mast: of pine"}""")).Expect(201);
        (await api.PatchAsync(other.Header("Location")!, """{"content":"Mast: of spruce"}""")).ExpectProblem(409, "memory_exists");
        (await api.DeleteAsync(first.Header("Location")!)).Expect(200);
        (await api.PatchAsync(other.Header("Location")!, """{"content":"Mast: of spruce"}""")).Expect(200);
        (await api.PostAsync($"{first.Header("Location")}/restore")).ExpectProblem(409, "memory_exists");
    }

    [Fact]
    public async Task A_memory_says_where_it_comes_from()
    {
        var conversation = await api.NewConversationAsync();
        var message = await api.NewMessageAsync(conversation, "I moor in Bergen.");
        var learned = (await api.PostAsync("/v1/memories", $$"""{"memory_type":"semantic","content":"Mooring: Bergen","source_message_id":"{{message}}"}""")).Expect(201).Json;
        (learned.Text("source"), learned.Text("source_conversation_id"), learned.GetProperty("source_branch").GetInt32()).ShouldBe(("message", conversation.ToString(), 0));
        (await api.GetAsync($"/v1/memories?source_message_id={message}")).Items.Single().Text("id").ShouldBe(learned.Text("id"));
        (await servers.Fast.OtherUser.PostAsync("/v1/memories", $$"""{"memory_type":"semantic","content":"Mooring: Bergen","source_message_id":"{{message}}"}"""))
            .ExpectProblem(422, "invalid_value", "source_message_id");
        (await api.PostAsync("/v1/memories", """{"memory_type":"semantic","content":"Hearsay","source":"import"}""")).ExpectProblem(422, "invalid_value", "source");
    }

    [Fact]
    public async Task Members_see_their_own_and_what_is_shared_and_change_their_own_alone()
    {
        var (other, admin) = (servers.Fast.OtherUser, servers.Fast.Admin);
        var own = (await api.PostAsync("/v1/memories", """{"memory_type":"episodic","content":"Ran aground on the skerry.","category":"visible"}""")).Expect(201).Header("Location")!;
        var shared = (await api.PostAsync("/v1/memories", """{"memory_type":"procedural","content":"Reef:\n1. Head up\n2. Lower","owner_type":"organization","category":"visible"}""")).Expect(201).Header("Location")!;

        (await other.GetAsync("/v1/memories?category=visible")).Items.Single().Text("visibility").ShouldBe("organization");
        (await admin.GetAsync("/v1/memories?category=visible")).Items.Count.ShouldBe(2);
        (await other.GetAsync(own)).ExpectProblem(404, "memory_not_found");
        (await other.GetAsync(shared)).Expect(200);
        (await other.PatchAsync(shared, """{"importance":0}""")).ExpectProblem(403, "forbidden");
        (await other.DeleteAsync(shared)).ExpectProblem(403, "forbidden");
        (await servers.Fast.Stranger.GetAsync(shared)).ExpectProblem(404, "memory_not_found");
        (await admin.PatchAsync(shared, """{"pinned":true}""")).Expect(200).Json.GetProperty("pinned").GetBoolean().ShouldBeTrue();
        (await admin.DeleteAsync(own)).Expect(200);
        (await api.GetAsync(own)).ExpectProblem(404, "memory_not_found");
        (await api.PostAsync($"{own}/restore")).Expect(200);
    }

    [Fact]
    public async Task A_list_is_filtered_by_type_owner_category_tag_pin_and_validity()
    {
        var agent = (await api.GetAsync("/v1/agents")).Items[0].GetProperty("id").GetGuid();
        await AddAsync($$"""{"memory_type":"episodic","content":"Filtered: one","category":"filtered","tags":["red"],"owner_type":"agent","owner_id":"{{agent}}"}""");
        var second = await AddAsync("""{"memory_type":"semantic","content":"Filtered: two","category":"filtered","pinned":true}""");
        var third = await AddAsync("""{"memory_type":"semantic","content":"Filtered: three","category":"filtered"}""");
        (await api.PatchAsync(third, $$"""{"superseded_by":"{{second[^36..]}}"}""")).Expect(200).Json.Text("valid_until").ShouldNotBeNull();

        (await FoundAsync("")).ShouldBe(["Filtered: three", "Filtered: two", "Filtered: one"]);
        (await FoundAsync("&memory_type=episodic")).ShouldBe(["Filtered: one"]);
        (await FoundAsync($"&owner_type=agent&owner_id={agent}")).ShouldBe(["Filtered: one"]);
        (await FoundAsync("&tag=red")).ShouldBe(["Filtered: one"]);
        (await FoundAsync("&pinned=true")).ShouldBe(["Filtered: two"]);
        (await FoundAsync("&current=false")).ShouldBe(["Filtered: three"]);
        (await FoundAsync("&current=true&order=asc&limit=1")).ShouldBe(["Filtered: one"]);
        (await api.GetAsync("/v1/memories?memory_type=sensory")).ExpectProblem(400, "invalid_parameter", "memory_type");

        async Task<string> AddAsync(string body) => (await api.PostAsync("/v1/memories", body)).Expect(201).Header("Location")!;

        async Task<IEnumerable<string?>> FoundAsync(string query) => (await api.GetAsync($"/v1/memories?category=filtered{query}")).Expect(200).Items.Select(m => m.Text("content"));
    }

    [Fact]
    public async Task A_filter_forgets_only_as_many_as_were_expected()
    {
        foreach (var content in (string[])["Bulk one", "Bulk two"])
            (await api.PostAsync("/v1/memories", JsonSerializer.Serialize(new { memory_type = "episodic", content, category = "bulk" }))).Expect(201);
        (await servers.Fast.OtherUser.PostAsync("/v1/memories", """{"memory_type":"episodic","content":"Bulk of another","category":"bulk"}""")).Expect(201);

        (await api.PostAsync("/v1/memories/delete", """{"category":"bulk","expected_count":3}""")).ExpectProblem(409, "memory_count_differs", "expected_count").Text.ShouldContain("2 memories");
        (await api.GetAsync("/v1/memories?category=bulk")).Items.Count.ShouldBe(2);
        (await api.PostAsync("/v1/memories/delete", """{"category":"bulk","expected_count":2}""")).Expect(200).Json.ShouldBeA("memory.deletion").GetProperty("count").GetInt32().ShouldBe(2);
        (await servers.Fast.OtherUser.GetAsync("/v1/memories?category=bulk")).Items.Count.ShouldBe(1);
        (await api.PostAsync("/v1/memories/delete", """{"category":"bulk"}""")).ExpectProblem(422, "missing_field", "expected_count");
    }

    [Fact]
    public async Task A_working_memory_is_bounded()
    {
        var block = (await api.PostAsync("/v1/memories", """{"memory_type":"working","content_parts":{"items":[],"capacity":2}}""")).Expect(201).Header("Location")!;
        (await api.PatchAsync(block, """{"content":"Fuel low\nWind east"}""")).Expect(200).Json.GetProperty("content_parts").GetProperty("items").GetArrayLength().ShouldBe(2);
        (await api.PatchAsync(block, """{"content_parts":{"items":[1,2,3],"capacity":2}}""")).ExpectProblem(422, "invalid_value", "content_parts.items");
        (await api.PatchAsync(block, """{"content":"One\nTwo\nThree"}""")).ExpectProblem(422, "invalid_value", "content");
        (await api.GetAsync($"{block}/versions")).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_expired_is_shown_to_nobody()
    {
        var path = (await api.PostAsync("/v1/memories", """{"memory_type":"semantic","content":"Gone","category":"gone","expires_at":"2020-01-01T00:00:00Z"}""")).Expect(201).Header("Location")!;
        (await api.GetAsync(path)).ExpectProblem(404, "memory_not_found");
        (await api.GetAsync("/v1/memories?category=gone")).Items.ShouldBeEmpty();
        (await api.PatchAsync(path, """{"expires_at":null}""")).ExpectProblem(404, "memory_not_found");
    }

    [Theory]
    [InlineData("""{"content":"x"}""", 422, "missing_field", "memory_type")]
    [InlineData("""{"memory_type":"sensory","content":"x"}""", 422, "invalid_value", "memory_type")]
    [InlineData("""{"memory_type":"semantic"}""", 422, "invalid_value", "content")]
    [InlineData("""{"memory_type":"semantic","content":" "}""", 422, "invalid_value", "content")]
    [InlineData("""{"memory_type":"semantic","content":"bell \u0007"}""", 422, "invalid_text", "content")]
    [InlineData("""{"memory_type":"semantic","content":"nul \u0000"}""", 422, "invalid_text", "content")]
    [InlineData("""{"memory_type":"semantic","content":"x","importance":1.5}""", 422, "invalid_value", "importance")]
    [InlineData("""{"memory_type":"episodic","content_parts":{"event":"x"}}""", 422, "invalid_value", "content_parts.temporal")]
    [InlineData("""{"memory_type":"semantic","content_parts":{"concept":"x"}}""", 422, "invalid_value", "content_parts.definition")]
    [InlineData("""{"memory_type":"procedural","content_parts":{"skill":"x","steps":"y"}}""", 422, "invalid_value", "content_parts.steps")]
    [InlineData("""{"memory_type":"working","content_parts":{"items":[1,2],"capacity":1}}""", 422, "invalid_value", "content_parts.items")]
    [InlineData("""{"memory_type":"working","content_parts":{"items":[],"capacity":0}}""", 422, "invalid_value", "content_parts.capacity")]
    [InlineData("""{"memory_type":"semantic","content":"x","content_parts":"x"}""", 400, "invalid_type", "content_parts")]
    [InlineData("""{"memory_type":"semantic","content":"x","owner_type":"agent"}""", 422, "invalid_value", "owner_id")]
    [InlineData("""{"memory_type":"semantic","content":"x","owner_id":"00000000-0000-7000-8000-000000000001"}""", 422, "invalid_value", "owner_id")]
    [InlineData("""{"memory_type":"semantic","content":"x","owner_type":"project","owner_id":"00000000-0000-7000-8000-000000000001"}""", 422, "invalid_value", "owner_id")]
    [InlineData("""{"memory_type":"semantic","content":"x","colour":"red"}""", 400, "unknown_field", "colour")]
    public async Task What_is_no_memory_is_refused(string body, int status, string code, string param) =>
        (await api.PostAsync("/v1/memories", body)).ExpectProblem(status, code, param);

    [Fact]
    public async Task What_is_too_long_for_a_thought_is_refused() =>
        (await api.PostAsync("/v1/memories", JsonSerializer.Serialize(new { memory_type = "semantic", content = new string('x', 100_000) }))).ExpectProblem(413, "memory_too_large", "content");

    [Fact]
    public async Task Memories_are_counted_by_type_and_owner()
    {
        (await api.PostAsync("/v1/memories", """{"memory_type":"working","content":"Counted"}""")).Expect(201);
        var stats = (await api.GetAsync("/v1/memories/stats")).Expect(200).Json.ShouldBeA("memory.stats");
        var groups = stats.GetProperty("groups").EnumerateArray().ToList();
        groups.Sum(g => g.GetProperty("count").GetInt64()).ShouldBe(stats.GetProperty("count").GetInt64());
        groups.ShouldContain(g => g.Text("memory_type") == "working" && g.Text("owner_type") == "user");
    }
}
