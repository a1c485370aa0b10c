namespace Overmind.Server.Tests.Http;

public class PagingTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task Conversations_are_read_forwards_and_backwards_by_key()
    {
        // A member of its own, whose list nobody else's test writes to.
        using var api = server.As(await server.KeyAsync(server.Tenants.Second.OtherUser));
        var made = new List<Guid>();
        for (var i = 0; i < 7; i++)
            made.Add(await api.NewConversationAsync());
        made.Reverse();
        await WalksAsync(api, "/v1/conversations?", "conversation", made);
    }

    [Fact]
    public async Task Messages_are_read_forwards_and_backwards_by_key()
    {
        var conversation = await server.User.NewConversationAsync();
        var made = new List<Guid>();
        for (var i = 0; i < 7; i++)
            made.Add(await server.User.NewMessageAsync(conversation, $"Message {i}"));
        made.Reverse();
        await WalksAsync(server.User, $"/v1/conversations/{conversation}/messages?", "message", made);
        (await server.User.GetAsync($"/v1/conversations/{conversation}/messages?after={Guid.CreateVersion7()}"))
            .ExpectProblem(400, "invalid_parameter", "after");
    }

    [Fact]
    public async Task Runs_are_read_forwards_and_backwards_by_key()
    {
        var conversation = await server.User.NewConversationAsync();
        var made = new List<Guid>();
        for (var i = 0; i < 7; i++)
        {
            var run = (await server.User.PostAsync($"/v1/conversations/{conversation}/runs", """{"question":"Why?","max_n2_iterations":1}""")).Expect(202);
            await server.User.GetAsync($"/v1/runs/{run.Id}/events");
            made.Add(run.Id);
        }
        made.Reverse();
        await WalksAsync(server.User, $"/v1/runs?conversation_id={conversation}&", "run", made);
        (await server.User.GetAsync($"/v1/runs?conversation_id={conversation}&status=succeeded")).ShouldBeAListOf("run").Count.ShouldBe(7);
        (await server.User.GetAsync($"/v1/runs?conversation_id={conversation}&status=queued")).ShouldBeAListOf("run").ShouldBeEmpty();
        (await server.User.GetAsync($"/v1/runs?conversation_id={Guid.CreateVersion7()}")).ShouldBeAListOf("run").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1/agents", "agent")]
    [InlineData("/v1/workflows", "workflow")]
    public async Task What_comes_with_an_organization_is_listed_by_the_page(string path, string kind)
    {
        var all = (await server.User.GetAsync($"{path}?limit=100")).ShouldBeAListOf(kind).Select(item => item.GetProperty("id").GetGuid()).ToList();
        all.ShouldNotBeEmpty();
        await WalksAsync(server.User, $"{path}?", kind, all);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=99999999999", "limit")]
    [InlineData("order=sideways", "order")]
    [InlineData("after=nonsense", "after")]
    [InlineData("before=", "before")]
    [InlineData("offset=10", "offset")]
    [InlineData("limit=5&limit=6", "limit")]
    [InlineData("after=019a7d2f-6c0b-7e5f-9f0c-2f4a9d3b1e77&before=019a7d2f-6c0b-7e5f-9f0c-2f4a9d3b1e77", "before")]
    public async Task A_page_that_cannot_be_is_refused_by_the_parameter_at_fault(string query, string param)
    {
        var conversation = await server.User.NewConversationAsync();
        string[] lists = ["/v1/conversations", $"/v1/conversations/{conversation}/messages", "/v1/runs", "/v1/agents", "/v1/workflows", "/v1/api_keys"];
        foreach (var list in lists)
            (await server.User.GetAsync($"{list}?{query}")).ExpectProblem(400, "invalid_parameter", param);
    }

    /// <summary>That the list has these, newest first, whichever way and in whatever pages it is read.</summary>
    static async Task WalksAsync(Api api, string path, string kind, List<Guid> newestFirst)
    {
        Check(await PageAsync("limit=100"), newestFirst, false);
        var (oldestFirst, _) = await PageAsync("limit=100&order=asc");
        oldestFirst.ShouldBe(newestFirst.AsEnumerable().Reverse());
        foreach (var (order, expected) in new[] { ("desc", newestFirst), ("asc", oldestFirst) })
        {
            var read = new List<Guid>();
            for (var (page, more) = await PageAsync($"limit=3&order={order}"); ;)
            {
                read.AddRange(page);
                if (!more)
                    break;
                page.Count.ShouldBe(3);
                (page, more) = await PageAsync($"limit=3&order={order}&after={page[^1]}");
            }
            read.ShouldBe(expected);
            if (expected.Count < 5)
                continue;
            Check(await PageAsync($"limit=2&order={order}&before={expected[4]}"), expected[2..4], true);
            Check(await PageAsync($"limit=4&order={order}&before={expected[4]}"), expected[..4], false);
        }
        Check(await PageAsync($"after={newestFirst[^1]}"), [], false);

        static void Check((List<Guid> Ids, bool HasMore) page, List<Guid> ids, bool hasMore)
        {
            page.Ids.ShouldBe(ids);
            page.HasMore.ShouldBe(hasMore);
        }

        async Task<(List<Guid> Ids, bool HasMore)> PageAsync(string query)
        {
            var answer = await api.GetAsync(path + query);
            return ([.. answer.ShouldBeAListOf(kind).Select(item => item.GetProperty("id").GetGuid())], answer.Json.GetProperty("has_more").GetBoolean());
        }
    }
}
