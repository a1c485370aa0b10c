using System.Text.Json;
using Overmind.Client;

namespace Overmind.Server.Tests.Conversations;

public sealed class SearchEndpointsTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task A_message_is_found_with_what_matched_and_why()
    {
        var conversation = await api.NewConversationAsync("""{"title": "Of knots", "tags": ["search-knots"], "folder": "Search"}""");
        await api.NewMessageAsync(conversation, "Which knot is a bowline-on-a-bight? <script>alert(1)</script>");

        var found = (await api.GetAsync("/v1/search?query=bowline&tag=search-knots&folder=Search&role=user")).Expect(200).Json.ShouldBeA("search.results");
        var result = found.GetProperty("data").EnumerateArray().ShouldHaveSingleItem().ShouldBeA("search.result");
        result.Text("type").ShouldBe("message");
        result.Text("conversation_title").ShouldBe("Of knots");
        result.GetProperty("snippet").EnumerateArray().ShouldContain(part => part.GetProperty("match").GetBoolean());
        result.GetProperty("score_parts").GetProperty("vector").GetDouble().ShouldBeGreaterThan(0);
        result.GetProperty("score_parts").GetProperty("words")[0].GetString().ShouldBe("bowline");
        found.GetProperty("is_complete").GetBoolean().ShouldBeTrue();
        found.Text("last_id").ShouldBe(result.Text("id"));

        (await servers.Fast.Stranger.GetAsync("/v1/search?query=bowline&mode=text")).Expect(200).Json.GetProperty("data").GetArrayLength().ShouldBe(0);
        (await servers.Fast.Stranger.GetAsync("/v1/search?query=bowline")).Expect(200).Json.GetProperty("data").EnumerateArray()
            .ShouldNotContain(item => item.Text("id") == result.Text("id"), "by its meaning as little");
        (await api.GetAsync("/v1/search?query=knots&type=conversations")).Expect(200).Json.GetProperty("data").EnumerateArray()
            .ShouldContain(item => item.Text("conversation_id") == conversation.ToString());
    }

    [Theory]
    [InlineData("", 400, "invalid_parameter", "query")]
    [InlineData("?query=", 422, "invalid_value", "query")]
    [InlineData("?query=%E2%80%A6", 422, "invalid_value", "query")]
    [InlineData("?query=a%00b", 422, "invalid_text", "query")]
    [InlineData("?query=a&type=runs", 400, "invalid_parameter", "type")]
    [InlineData("?query=a&role=robot", 400, "invalid_parameter", "role")]
    [InlineData("?query=a&type=conversations&role=user", 400, "invalid_parameter", "role")]
    [InlineData("?query=a&conversation_id=1", 400, "invalid_parameter", "conversation_id")]
    [InlineData("?query=a&limit=0", 400, "invalid_parameter", "limit")]
    [InlineData("?query=a&mode=text&after=00000000-0000-0000-0000-000000000000", 400, "invalid_parameter", "after")]
    [InlineData("?query=a&created_at[gte]=yesterday", 400, "invalid_parameter", "created_at[gte]")]
    [InlineData("?query=a&order=asc", 400, "invalid_parameter", "order")]
    public async Task What_is_no_search_is_refused_by_its_parameter(string query, int status, string code, string param) =>
        (await api.GetAsync($"/v1/search{query}")).ExpectProblem(status, code, param);

    [Fact]
    public async Task A_query_of_501_characters_is_refused() =>
        (await api.GetAsync($"/v1/search?query={new string('a', 501)}")).ExpectProblem(422, "invalid_value", "query");

    [Fact]
    public async Task Folders_and_tags_are_listed_renamed_and_merged_by_the_client_too()
    {
        await using var server = await servers.StartAsync();
        var client = new OvermindClient(server.Url, server.User.Key!);
        var first = await client.Conversations.CreateAsync(new NewConversation { Tags = ["a", "b"], Folder = "Old" });
        await client.Conversations.CreateAsync(new NewConversation { Tags = ["b"] });

        (await server.User.GetAsync("/v1/conversations/folders")).Expect(200).Json.ShouldBeA("conversation.groups").GetProperty("data")[0].ShouldBeA("conversation.group");
        (await server.User.GetAsync("/v1/conversations/tags")).Expect(200).Json.ShouldBeA("conversation.groups").GetProperty("data")[0].ShouldBeA("conversation.group");
        (await client.Conversations.RenameFolderAsync("Old", "New")).ShouldBe(1);
        (await client.Conversations.MergeTagAsync("a", "b")).ShouldBe(1);
        (await client.Conversations.FoldersAsync()).ShouldHaveSingleItem().Name.ShouldBe("New");
        (await client.Conversations.TagsAsync()).ShouldHaveSingleItem().ConversationCount.ShouldBe(2);
        (await client.Conversations.ListAsync(new Client.PageRequest(), new ConversationFilter { Folder = "New", Tag = "b", Status = "active" })).Items.ShouldHaveSingleItem().Id.ShouldBe(first.Id);
        (await client.Conversations.ListAsync(new Client.PageRequest(), new ConversationFilter { Folder = "Old" })).Items.ShouldBeEmpty();

        await client.Messages.AppendAsync(first.Id, new NewMessage { Content = "Where is the windlass?" });
        (await client.Conversations.SearchAsync(new SearchQuery { Text = "windlass", ConversationId = first.Id })).Items.ShouldHaveSingleItem().ConversationId.ShouldBe(first.Id);

        (await server.User.PostAsync("/v1/conversations/folders/rename", """{"folder": "New"}""")).ExpectProblem(422, "missing_field", "name");
        (await server.User.PostAsync("/v1/conversations/tags/merge", """{"tag": "b", "into": "b"}""")).ExpectProblem(422, "invalid_value", "into");
        (await server.User.GetAsync("/v1/conversations?project_id=x")).ExpectProblem(400, "invalid_parameter", "project_id");
    }
}
