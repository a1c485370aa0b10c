using System.Text.Json;

namespace Overmind.Server.Tests.Agents;

public class AgentEndpointsTests(ApiServers servers)
{
    const string Described = """ "name":"Editor","goal":"Make it shorter.","backstory":"You have cut texts for years." """;

    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task An_agent_is_made_read_changed_deleted_and_brought_back()
    {
        var made = (await server.User.PostAsync("/v1/agents", $$"""{"key":"{{NewKey()}}",{{Described}},"settings":{"tone":"dry"} }""")).Expect(201);
        made.Json.ShouldBeA("agent").GetProperty("role").GetString().ShouldBe("Editor");
        made.Header("Location").ShouldBe($"/v1/agents/{made.Id}");
        var read = (await server.OtherUser.GetAsync($"/v1/agents/{made.Id}")).Expect(200);
        (read.Text, read.Header("ETag")).ShouldBe((made.Text, made.Header("ETag")));

        (string, string)[] unchanged = [("If-Match", read.Header("ETag")!)];
        var patched = (await server.User.PatchAsync($"/v1/agents/{made.Id}", """{"model":"offline/offline","is_public":true}""", unchanged)).Expect(200);
        patched.Json.GetProperty("model").GetString().ShouldBe("offline/offline");
        (await server.User.PatchAsync($"/v1/agents/{made.Id}", """{"name":"Late"}""", unchanged)).ExpectProblem(412, "precondition_failed");
        (await server.User.PatchAsync($"/v1/agents/{made.Id}", """{"model":null}""")).Expect(200).Json.GetProperty("model").ValueKind.ShouldBe(JsonValueKind.Null);

        (await server.Stranger.GetAsync("/v1/public_agents?q=make%20it%20shorter")).ShouldBeAListOf("public_agent").ShouldContain(a => a.Text("id") == made.Id.ToString());
        (await server.Stranger.PostAsync($"/v1/agents/{made.Id}/copy")).Expect(201).Json.ShouldBeA("agent").Text("origin_key").ShouldBe(made.Id.ToString());

        (await server.User.DeleteAsync($"/v1/agents/{made.Id}")).Expect(200).Json.Text("object").ShouldBe("agent.deleted");
        (await server.User.GetAsync($"/v1/agents/{made.Id}")).ExpectProblem(404, "agent_not_found");
        (await server.User.PostAsync($"/v1/agents/{made.Id}/restore")).Expect(200).Json.ShouldBeA("agent");
    }

    [Theory]
    [InlineData("""{"key":"x"}""", 422, "missing_field", "name")]
    [InlineData("""{"key":"No Key",DESCRIBED}""", 422, "invalid_value", "key")]
    [InlineData("""{"key":"x",DESCRIBED,"temperature":2.1}""", 422, "invalid_value", "temperature")]
    [InlineData("""{"key":"x",DESCRIBED,"max_tokens":0}""", 422, "invalid_value", "max_tokens")]
    [InlineData("""{"key":"x",DESCRIBED,"max_tokens":1.5}""", 400, "invalid_type", "max_tokens")]
    [InlineData("""{"key":"x",DESCRIBED,"model":"gpt"}""", 422, "invalid_value", "model")]
    [InlineData("""{"key":"x",DESCRIBED,"output_format":"xml"}""", 422, "invalid_value", "output_format")]
    [InlineData("""{"key":"x",DESCRIBED,"output_schema":{}}""", 422, "invalid_value", "output_schema")]
    [InlineData("""{"key":"x",DESCRIBED,"output_format":"json","output_schema":{"type":"strin"}}""", 422, "invalid_value", "output_schema")]
    [InlineData("""{"key":"x",DESCRIBED,"output_format":"json","output_schema":true}""", 400, "invalid_type", "output_schema")]
    [InlineData("""{"key":"x",DESCRIBED,"settings":[]}""", 400, "invalid_type", "settings")]
    [InlineData("""{"key":"x",DESCRIBED,"is_active":"yes"}""", 400, "invalid_type", "is_active")]
    [InlineData("""{"key":"creative",DESCRIBED}""", 409, "key_taken", "key")]
    [InlineData("""{"key":"x",DESCRIBED,"usage_count":7}""", 400, "unknown_field", "usage_count")]
    [InlineData("""{"key":"x",DESCRIBED,"settings":{"a":"\u0000"}}""", 422, "invalid_text", null)]
    public async Task Bad_input_is_told_by_its_member(string body, int status, string code, string? param) =>
        (await server.User.PostAsync("/v1/agents", body.Replace("DESCRIBED", Described))).ExpectProblem(status, code, param);

    [Fact]
    public async Task An_agent_in_use_is_not_deleted_and_others_agents_are_not_changed()
    {
        var system = (await server.User.GetAsync("/v1/agents?key=creative&active=true")).ShouldBeAListOf("agent").Single().GetProperty("id").GetGuid();
        (await server.Admin.DeleteAsync($"/v1/agents/{system}")).ExpectProblem(409, "agent_in_use");
        (await server.User.PatchAsync($"/v1/agents/{system}", """{"name":"Mine"}""")).ExpectProblem(403, "forbidden");
        (await server.User.GetAsync("/v1/agents?active=maybe")).ExpectProblem(400, "invalid_parameter", "active");
        (await server.Stranger.GetAsync($"/v1/agents/{system}")).ExpectProblem(404, "agent_not_found");
    }

    [Fact]
    public async Task The_same_idempotency_key_makes_one_agent()
    {
        var body = $$"""{"key":"{{NewKey()}}",{{Described}} }""";
        var first = (await server.User.PostAsync("/v1/agents", body, ("Idempotency-Key", NewKey()))).Expect(201);
        (await server.User.PostAsync("/v1/agents", body)).ExpectProblem(409, "key_taken", "key");
        first.Json.ShouldBeA("agent");
    }

    internal static string NewKey() => $"key-{Guid.CreateVersion7():n}";
}
