using System.Net;
using System.Text;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Overmind.Access;

namespace Overmind.Server.Tests.Mcp;

public class McpTests(ApiServers servers)
{
    ApiServer Server => servers.Fast;

    [Fact]
    public async Task A_client_with_an_API_key_remembers_finds_and_forgets()
    {
        await using var client = await ConnectAsync(Server.User.Key!);
        (await client.ListToolsAsync()).Select(t => t.Name).Order().ShouldBe(["forget", "remember", "search_memories"]);

        var kept = await CallAsync(client, "remember", new() { ["content"] = "The lighthouse of Ardmore is painted white.", ["memory_type"] = "semantic", ["tags"] = new[] { "coast" } });
        kept.GetProperty("is_new").GetBoolean().ShouldBeTrue();
        var found = await CallAsync(client, "search_memories", new() { ["query"] = "Which colour is the lighthouse?", ["limit"] = 5 });
        found.GetProperty("memories")[0].GetProperty("content").GetString().ShouldBe("The lighthouse of Ardmore is painted white.");
        (await Server.User.GetAsync($"/v1/memories/{kept.GetProperty("id").GetString()}")).Expect(200).Json.GetProperty("source").GetString().ShouldBe("agent");

        await CallAsync(client, "forget", new() { ["id"] = kept.GetProperty("id").GetString() });
        (await CallAsync(client, "search_memories", new() { ["query"] = "lighthouse of Ardmore" })).GetProperty("memories").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_wrong_with_a_call_is_told_by_the_tool_with_the_code_of_the_catalogue()
    {
        await using var client = await ConnectAsync(Server.User.Key!);
        (await ErrorAsync(client, "remember", [])).ShouldBe("missing_field content");
        (await ErrorAsync(client, "remember", new() { ["content"] = 1 })).ShouldBe("invalid_type content");
        (await ErrorAsync(client, "remember", new() { ["content"] = "A thought.", ["memory_type"] = "sensory" })).ShouldBe("invalid_value memory_type");
        (await ErrorAsync(client, "remember", new() { ["content"] = "A thought.", ["importance"] = 1.5 })).ShouldBe("invalid_value importance");
        (await ErrorAsync(client, "remember", new() { ["content"] = new string('x', 32_769) })).ShouldBe("memory_too_large content");
        (await ErrorAsync(client, "remember", new() { ["content"] = "A bell\u0007." })).ShouldBe("invalid_text content");
        (await ErrorAsync(client, "remember", new() { ["content"] = "A thought.", ["owner"] = "all" })).ShouldBe("unknown_field owner");
        (await ErrorAsync(client, "search_memories", new() { ["query"] = "x", ["limit"] = 0 })).ShouldBe("invalid_value limit");
        (await ErrorAsync(client, "forget", new() { ["id"] = "it" })).ShouldBe("invalid_type id");
        (await ErrorAsync(client, "forget", new() { ["id"] = Guid.CreateVersion7().ToString() })).ShouldBe("memory_not_found ");
        await Should.ThrowAsync<McpException>(async () => await client.CallToolAsync("dream", new Dictionary<string, object?>()));
    }

    [Fact]
    public async Task Keys_need_the_scope_of_what_they_do_and_nobody_reads_what_is_anothers()
    {
        await using var writer = await ConnectAsync(Server.User.Key!);
        await CallAsync(writer, "remember", new() { ["content"] = "The password hint is a river of Portugal." });

        await using var reader = await ConnectAsync(Server.Reader.Key!);
        (await CallAsync(reader, "search_memories", new() { ["query"] = "password hint river" })).GetProperty("memories").GetArrayLength().ShouldBe(1);
        (await ErrorAsync(reader, "remember", new() { ["content"] = "A thought." })).ShouldBe("insufficient_scope ");

        // Another member, the organization's admin, and another organization.
        foreach (var other in new[] { Server.OtherUser, Server.Admin, Server.Stranger })
        {
            await using var client = await ConnectAsync(other.Key!);
            (await CallAsync(client, "search_memories", new() { ["query"] = "password hint river" })).GetProperty("memories").GetArrayLength().ShouldBe(0);
        }
    }

    [Fact]
    public async Task Without_a_key_that_may_read_memories_there_is_no_door()
    {
        (await PostAsync(null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync("sk_live_wrong")).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(await Server.KeyAsync(Server.Tenants.First.User, ApiKeyScope.ConversationsRead))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(Server.Reader.Key!)).ShouldBe(HttpStatusCode.OK);
    }

    async Task<HttpStatusCode> PostAsync(string? key)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.Url, "/mcp"))
        {
            Content = new StringContent(
                """{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}""",
                Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (key is not null)
            request.Headers.Authorization = new("Bearer", key);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    Task<McpClient> ConnectAsync(string key) => McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = new Uri(Server.Url, "/mcp"),
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
    }));

    static async Task<JsonElement> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        var result = await client.CallToolAsync(tool, arguments);
        result.IsError.ShouldNotBe(true, Text(result));
        JsonElement.DeepEquals(JsonElement.Parse(Text(result)), (JsonElement)result.StructuredContent!).ShouldBeTrue();
        return JsonElement.Parse(Text(result));
    }

    static async Task<string> ErrorAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        var result = await client.CallToolAsync(tool, arguments);
        result.IsError.ShouldBe(true);
        var told = JsonElement.Parse(Text(result));
        told.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        return $"{told.GetProperty("code").GetString()} {(told.TryGetProperty("param", out var param) ? param.GetString() : "")}";
    }

    static string Text(CallToolResult result) => result.Content.OfType<TextContentBlock>().Single().Text;
}
