namespace Overmind.Server.Tests.Conversations;

public class MessagePartsTests(ApiServers servers)
{
    readonly Api api = servers.Fast.User;

    [Theory]
    [InlineData("""{"content_parts":{"type":"text","text":"Hello"}}""", "Hello")]
    [InlineData("""{"content_parts":{"type":"structured","data":{"a":1}}}""", """{"a":1}""")]
    [InlineData("""{"content_parts":{"type":"multimodal","parts":[{"type":"text","text":"See"},{"type":"image","url":"https://example.com/a.png","alt":"A"}]}}""", "See\nhttps://example.com/a.png")]
    [InlineData("""{"role":"tool","content_parts":{"type":"tool_result","tool_call_id":"call_1","output":"42"}}""", "42")]
    [InlineData("""{"content":"Said","content_parts":{"type":"structured","data":null}}""", "Said")]
    public async Task Parts_have_a_text_and_are_kept_as_they_are(string body, string content)
    {
        var made = (await api.PostAsync($"/v1/conversations/{await api.NewConversationAsync()}/messages", body)).Expect(201).Json.ShouldBeA("message");
        made.Text("content").ShouldBe(content);
        System.Text.Json.Nodes.JsonNode.DeepEquals(
            System.Text.Json.Nodes.JsonNode.Parse(made.GetProperty("content_parts").GetRawText()), System.Text.Json.Nodes.JsonNode.Parse(body)!["content_parts"]).ShouldBeTrue();
    }

    [Fact]
    public async Task What_an_application_says_of_a_message_comes_back()
    {
        var agent = await servers.Fast.Database.ScalarAsync<Guid>("select id from agent_configurations where organization_id = $1 limit 1", servers.Fast.Tenants.First.OrganizationId);
        var (channel, memory) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var body = $$$"""
            {"role":"assistant","content":"Looking","tools":[{"id":"call_1","name":"look","arguments":{"at":"boats"}}],"sender_agent_id":"{{{agent}}}",
             "channel_id":"{{{channel}}}","memory_refs":["{{{memory}}}"],"context":{"page":3},"version":"2.1"}
            """;
        var made = (await api.PostAsync($"/v1/conversations/{await api.NewConversationAsync()}/messages", body)).Expect(201).Json;
        made.GetProperty("tools")[0].GetProperty("arguments").Text("at").ShouldBe("boats");
        made.Text("sender_agent_id").ShouldBe(agent.ToString());
        made.Text("channel_id").ShouldBe(channel.ToString());
        made.GetProperty("memory_refs")[0].GetGuid().ShouldBe(memory);
        made.GetProperty("context").GetProperty("page").GetInt32().ShouldBe(3);
        made.Text("version").ShouldBe("2.1");
    }

    [Theory]
    [InlineData("""{"content_parts":{"text":"x"}}""", "content_parts.type")]
    [InlineData("""{"content_parts":{"type":"text"}}""", "content_parts.text")]
    [InlineData("""{"content_parts":{"type":"structured"}}""", "content_parts.data")]
    [InlineData("""{"content_parts":{"type":"multimodal","parts":[]}}""", "content_parts.parts")]
    [InlineData("""{"content_parts":{"type":"multimodal","parts":[{"type":"video"}]}}""", "content_parts.parts[0].type")]
    [InlineData("""{"content_parts":{"type":"multimodal","parts":[{"type":"image","url":"javascript:x"}]}}""", "content_parts.parts[0].url")]
    [InlineData("""{"content_parts":{"type":"multimodal","parts":["x"]}}""", "content_parts.parts[0].type")]
    [InlineData("""{"role":"tool","content_parts":{"type":"tool_result","output":1}}""", "content_parts.tool_call_id")]
    [InlineData("""{"role":"tool","content_parts":{"type":"tool_result","tool_call_id":"1"}}""", "content_parts.output")]
    [InlineData("""{"content_parts":{"type":"tool_result","tool_call_id":"1","output":1}}""", "content_parts.type")]
    [InlineData("""{"content":"x","tools":[{"id":"1","name":"look","arguments":{}}]}""", "tools")]
    [InlineData("""{"role":"assistant","content":"x","tools":[]}""", "tools")]
    [InlineData("""{"role":"assistant","content":"x","tools":[{"name":"look","arguments":{}}]}""", "tools[0].id")]
    [InlineData("""{"role":"assistant","content":"x","tools":[{"id":"1","arguments":{}}]}""", "tools[0].name")]
    [InlineData("""{"role":"assistant","content":"x","tools":[{"id":"1","name":"look","arguments":"{}"}]}""", "tools[0].arguments")]
    [InlineData("""{"role":"assistant","content":"x","tools":[{"id":"1","name":"a","arguments":{}},{"id":"1","name":"b","arguments":{}}]}""", "tools[1].id")]
    [InlineData("""{"content":"x","version":"2.0.0-alpha.1"}""", "version")]
    [InlineData("""{"content":"x","session_id":"00000000-0000-7000-8000-000000000001"}""", "session_id")]
    [InlineData("""{"content":"x","sender_agent_id":"00000000-0000-7000-8000-000000000001"}""", "sender_agent_id")]
    public async Task What_is_not_as_it_should_be_is_told_by_its_name(string body, string param)
    {
        var conversation = await api.NewConversationAsync();
        (await api.PostAsync($"/v1/conversations/{conversation}/messages", body)).ExpectProblem(422, "invalid_value", param);
        (await api.GetAsync($"/v1/conversations/{conversation}")).Json.GetProperty("message_count").GetInt32().ShouldBe(0);
    }
}
