namespace Overmind.Server.Tests.Http;

/// <summary>What is unknown, deleted, somebody else's private or another organization's is answered in the same words.</summary>
public class UnseenTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    public static TheoryData<string, string, string?> Routes() => new()
    {
        { "GET", "/v1/conversations/{conversation}", null },
        { "GET", "/v1/conversations/{conversation}?include=messages", null },
        { "PATCH", "/v1/conversations/{conversation}", """{"title":"Mine now"}""" },
        { "DELETE", "/v1/conversations/{conversation}", null },
        { "GET", "/v1/conversations/{conversation}/messages", null },
        { "POST", "/v1/conversations/{conversation}/messages", """{"content":"Hello"}""" },
        { "GET", "/v1/conversations/{conversation}/messages/{message}", null },
        { "DELETE", "/v1/conversations/{conversation}/messages/{message}", null },
        { "POST", "/v1/conversations/{conversation}/runs", """{"question":"Why?"}""" },
        { "GET", "/v1/runs/{run}", null },
        { "GET", "/v1/runs/{run}/steps", null },
        { "GET", "/v1/runs/{run}/events", null },
        { "GET", "/v1/runs/{run}/steps/{message}", null },
        { "GET", "/v1/runs/{run}/steps/{message}/replays", null },
        { "GET", "/v1/runs/{run}/steps/{message}/replays/{message}", null },
        { "POST", "/v1/runs/{run}/steps/{message}/replay", """{"model":"offline/offline"}""" },
        { "GET", "/v1/runs/{run}/compare/{run}", null },
        { "POST", "/v1/runs/{run}/cancel", null },
        { "POST", "/v1/runs/{run}/approve", null },
        { "POST", "/v1/runs/{run}/reject", null },
        { "POST", "/v1/runs/{run}/retry", null },
        { "DELETE", "/v1/api_keys/{key}", null },
    };

    [Theory, MemberData(nameof(Routes))]
    public async Task It_is_not_found_in_the_same_words(string method, string route, string? body)
    {
        var unknown = await AskAsync(server.User, new(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()));
        (await AskAsync(server.User, await OfAsync(server.Stranger))).ShouldBe(unknown, "another organization's");
        (await AskAsync(server.User, await OfAsync(server.OtherUser))).ShouldBe(unknown, "another member's");
        (await AskAsync(server.Stranger, await OfAsync(server.User))).ShouldBe(unknown, "asked by an admin of another organization");
        if (route.Contains("{conversation}"))
        {
            var deleted = await OfAsync(server.User);
            (await server.User.DeleteAsync($"/v1/conversations/{deleted.Conversation}")).Expect(200);
            (await AskAsync(server.User, deleted)).ShouldBe(unknown, "deleted");
        }
        unknown.ShouldContain("_not_found");

        async Task<string> AskAsync(Api api, Ids ids)
        {
            var path = ids.Fill(route);
            var answer = (await api.SendAsync(new HttpMethod(method), path, body)).Expect(404);
            answer.Header("Content-Type").ShouldBe("application/problem+json");
            return ids.Blank(answer.Text.Replace(answer.Header("X-Request-Id")!, "{request}"));
        }
    }

    [Theory]
    [InlineData("/v1/conversations/{id}", "conversation_not_found")]
    [InlineData("/v1/runs/{id}", "run_not_found")]
    public async Task What_is_no_id_is_not_found_either(string route, string code)
    {
        foreach (var id in new[] { "1", "nonsense", "..%2f", "{019a7d2f-6c0b-7e5f-9f0c-2f4a9d3b1e77}", new string('a', 3000) })
            (await server.User.GetAsync(route.Replace("{id}", id))).ExpectProblem(404, code);
    }

    static async Task<Ids> OfAsync(Api api)
    {
        var run = await api.EndedRunAsync();
        var conversation = run.GetProperty("conversation_id").GetGuid();
        var key = (await api.PostAsync("/v1/api_keys", """{"name":"Mine"}""")).Expect(201).Json.GetProperty("api_key").GetProperty("id").GetGuid();
        return new(conversation, run.GetProperty("question_message_id").GetGuid(), run.GetProperty("id").GetGuid(), key);
    }

    sealed record Ids(Guid Conversation, Guid Message, Guid Run, Guid Key)
    {
        public string Fill(string route) => route.Replace("{conversation}", Conversation.ToString()).Replace("{message}", Message.ToString())
            .Replace("{run}", Run.ToString()).Replace("{key}", Key.ToString());

        public string Blank(string text) => text.Replace(Conversation.ToString(), "{conversation}").Replace(Message.ToString(), "{message}")
            .Replace(Run.ToString(), "{run}").Replace(Key.ToString(), "{key}");
    }
}
