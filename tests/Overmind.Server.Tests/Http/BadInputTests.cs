using System.Text;

namespace Overmind.Server.Tests.Http;

public class BadInputTests(ApiServers servers)
{
    const string Id = "019a7d2f-6c0b-7e5f-9f0c-2f4a9d3b1e77";

    readonly Api api = servers.Fast.User;

    public static TheoryData<string, string, int, string, string?> Conversations() => new()
    {
        { "no JSON", "{title:1}", 400, "invalid_json", null },
        { "cut off", """{"title":"a""", 400, "invalid_json", null },
        { "no object", "[]", 400, "invalid_json", null },
        { "two values", "{}{}", 400, "invalid_json", null },
        { "a member twice", """{"title":"a","title":"b"}""", 400, "invalid_json", null },
        { "deeply nested", "{\"metadata\":" + new string('[', 2000), 400, "invalid_json", null },
        { "unknown member", """{"titel":"a"}""", 400, "unknown_field", "titel" },
        { "number for text", """{"title":1}""", 400, "invalid_type", "title" },
        { "text for number", """{"quality_threshold":"9"}""", 400, "invalid_type", "quality_threshold" },
        { "fraction for integer", """{"max_n2_iterations":1.5}""", 400, "invalid_type", "max_n2_iterations" },
        { "no UUID", """{"workflow_id":"general"}""", 400, "invalid_type", "workflow_id" },
        { "object for list", """{"tags":{}}""", 400, "invalid_type", "tags" },
        { "number in a list", """{"tags":["a",1]}""", 400, "invalid_type", "tags[1]" },
        { "number in metadata", """{"metadata":{"a":1}}""", 400, "invalid_type", "metadata.a" },
        { "bad enum", """{"visibility":"public"}""", 422, "invalid_value", "visibility" },
        { "enum by number", """{"visibility":"0"}""", 422, "invalid_value", "visibility" },
        { "threshold above", """{"quality_threshold":10.01}""", 422, "invalid_value", "quality_threshold" },
        { "threshold below", """{"quality_threshold":-0.1}""", 422, "invalid_value", "quality_threshold" },
        { "threshold beyond numbers", """{"quality_threshold":1e999}""", 422, "invalid_value", "quality_threshold" },
        { "no iteration", """{"max_n2_iterations":0}""", 422, "invalid_value", "max_n2_iterations" },
        { "many iterations", """{"max_n2_iterations":21}""", 422, "invalid_value", "max_n2_iterations" },
        { "cap of nothing", """{"cost_cap_usd":0}""", 422, "invalid_value", "cost_cap_usd" },
        { "empty title", """{"title":""}""", 422, "invalid_value", "title" },
        { "long title", $$"""{"title":"{{new string('a', 501)}}"}""", 422, "invalid_value", "title" },
        { "long tag", $$"""{"tags":["{{new string('a', 101)}}"]}""", 422, "invalid_value", "tags[0]" },
        { "many tags", $$"""{"tags":[{{string.Join(",", Enumerable.Repeat("\"a\"", 51))}}]}""", 422, "invalid_value", "tags" },
        { "many pairs", $$"""{"metadata":{ {{Pairs(17)}} } }""", 422, "invalid_value", "metadata" },
        { "long name", $$"""{"metadata":{"{{new string('a', 65)}}":"b"} }""", 422, "invalid_value", "metadata" },
        { "long value", $$"""{"metadata":{"a":"{{new string('b', 513)}}"} }""", 422, "invalid_value", "metadata.a" },
        { "unknown workflow", $$"""{"workflow_id":"{{Id}}"}""", 422, "workflow_not_found", "workflow_id" },
        { "NUL", """{"title":"a\u0000b"}""", 422, "invalid_text", "title" },
        { "NUL in metadata", """{"metadata":{"a":"\u0000"}}""", 422, "invalid_text", "metadata.a" },
        { "lone surrogate", """{"title":"a\ud800b"}""", 422, "invalid_text", "title" },
        { "lone low surrogate", """{"tags":["\udc00"]}""", 422, "invalid_text", "tags[0]" },
    };

    public static TheoryData<string, string, int, string, string?> Messages() => new()
    {
        { "nothing", "", 422, "missing_field", "content" },
        { "no content", """{"role":"user"}""", 422, "missing_field", "content" },
        { "null", """{"content":null}""", 422, "missing_field", "content" },
        { "empty", """{"content":""}""", 422, "invalid_value", "content" },
        { "bad role", """{"content":"a","role":"robot"}""", 422, "invalid_value", "role" },
        { "bad parent", """{"content":"a","parent_message_id":"first"}""", 400, "invalid_type", "parent_message_id" },
        { "unknown parent", $$"""{"content":"a","parent_message_id":"{{Id}}"}""", 422, "invalid_value", "parent_message_id" },
        { "NUL", """{"content":"\u0000"}""", 422, "invalid_text", "content" },
        { "lone surrogate", """{"content":"\ud800"}""", 422, "invalid_text", "content" },
    };

    public static TheoryData<string, string, int, string, string?> Runs() => new()
    {
        { "no question", "{}", 422, "missing_field", "question" },
        { "empty", """{"question":""}""", 422, "invalid_value", "question" },
        { "unknown workflow", """{"question":"a","workflow":"nowhere"}""", 422, "workflow_not_found", "workflow" },
        { "threshold above", """{"question":"a","quality_threshold":11}""", 422, "invalid_value", "quality_threshold" },
        { "no deadline", """{"question":"a","deadline_seconds":0}""", 422, "invalid_value", "deadline_seconds" },
        { "late deadline", """{"question":"a","deadline_seconds":604801}""", 422, "invalid_value", "deadline_seconds" },
        { "no model", """{"question":"a","models":{"agents":"best"}}""", 422, "invalid_value", "models.agents" },
        { "unknown model", """{"question":"a","models":{"judge":"nobody/nothing"}}""", 424, "model_unavailable", "models.judge" },
        { "unknown member within", """{"question":"a","models":{"agent":"offline/offline"}}""", 400, "unknown_field", "models.agent" },
        { "lone surrogate", """{"question":"\ud800"}""", 422, "invalid_text", "question" },
        { "NUL", """{"question":"\u0000"}""", 422, "invalid_text", "question" },
    };

    [Theory, MemberData(nameof(Conversations))]
    public async Task A_conversation_with_a_mistake_is_refused(string mistake, string body, int status, string code, string? param)
    {
        (await api.PostAsync("/v1/conversations", body)).ExpectProblem(status, code, param);
        var id = await api.NewConversationAsync();
        var unchanged = (await api.GetAsync($"/v1/conversations/{id}")).Text;
        (await api.PatchAsync($"/v1/conversations/{id}", body)).ExpectProblem(status, code, param);
        (await api.GetAsync($"/v1/conversations/{id}")).Text.ShouldBe(unchanged, mistake);
    }

    [Theory, MemberData(nameof(Messages))]
    public async Task A_message_with_a_mistake_is_refused(string mistake, string body, int status, string code, string? param)
    {
        var path = $"/v1/conversations/{await api.NewConversationAsync()}/messages";
        (await api.PostAsync(path, body)).ExpectProblem(status, code, param);
        (await api.GetAsync(path)).Items.ShouldBeEmpty(mistake);
    }

    [Theory, MemberData(nameof(Runs))]
    public async Task A_run_with_a_mistake_is_refused_and_leaves_no_question(string mistake, string body, int status, string code, string? param)
    {
        var conversation = await api.NewConversationAsync();
        (await api.PostAsync($"/v1/conversations/{conversation}/runs", body)).ExpectProblem(status, code, param);
        (await api.GetAsync($"/v1/conversations/{conversation}/messages")).Items.ShouldBeEmpty(mistake);
    }

    [Theory]
    [InlineData("""{"scopes":["write"]}""", 422, "missing_field", "name")]
    [InlineData("""{"name":""}""", 422, "invalid_value", "name")]
    [InlineData("""{"name":"a","scopes":[]}""", 422, "invalid_value", "scopes")]
    [InlineData("""{"name":"a","scopes":["read","own"]}""", 422, "invalid_value", "scopes[1]")]
    [InlineData("""{"name":"a","expires_at":"2020-01-01T00:00:00Z"}""", 422, "invalid_value", "expires_at")]
    [InlineData("""{"name":"a","expires_at":"tomorrow"}""", 400, "invalid_type", "expires_at")]
    [InlineData("""{"name":"a","expires_at":"2099-01-01T00:00:00"}""", 400, "invalid_type", "expires_at")]
    [InlineData("""{"name":"a","expires_at":"2099-01-01"}""", 400, "invalid_type", "expires_at")]
    public async Task A_key_with_a_mistake_is_refused(string body, int status, string code, string param) =>
        (await api.PostAsync("/v1/api_keys", body)).ExpectProblem(status, code, param);

    [Fact]
    public async Task A_limit_without_what_it_limits_is_refused() =>
        (await api.GetAsync($"/v1/conversations/{await api.NewConversationAsync()}?limit=5")).ExpectProblem(400, "invalid_parameter", "limit");

    [Theory]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("application/json", "gzip")]
    public async Task A_body_that_would_have_to_be_decoded_first_is_refused(string type, string? encoding)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes("{}"));
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
            body.Headers.ContentEncoding.Add(encoding);
        using var response = await api.Http.PostAsync("/v1/conversations", body);
        (await Answer.ReadAsync(response)).ExpectProblem(415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("POST", "/v1/conversations?title=a")]
    [InlineData("POST", "/v1/api_keys?name=a")]
    [InlineData("PATCH", "/v1/conversations/" + Id + "?title=a")]
    [InlineData("DELETE", "/v1/conversations/" + Id + "?title=a")]
    public async Task A_change_takes_nothing_from_its_address(string method, string path) =>
        (await api.SendAsync(new HttpMethod(method), path, "{}")).ExpectProblem(400, "invalid_parameter", path.Contains("name") ? "name" : "title");

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var refused = (await api.PostAsync("/v1/conversations", """{"title":"","quality_threshold":11,"max_n2_iterations":0}"""))
            .ExpectProblem(422, "invalid_value", "title");
        Shapes.Members(refused.Json.GetProperty("errors")).ShouldBe(["title", "quality_threshold", "max_n2_iterations"]);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused()
    {
        byte[] body = [.. Encoding.ASCII.GetBytes("{\"title\":\""), 0xC3, 0x28, .. Encoding.ASCII.GetBytes("\"}")];
        var refused = await api.SendBytesAsync(HttpMethod.Post, "/v1/conversations", body);
        refused.Status.ShouldBeOneOf(400, 422);
        refused.Json.Text("code").ShouldBeOneOf("invalid_json", "invalid_text");
    }

    [Fact]
    public async Task A_member_whose_name_is_not_Unicode_is_refused()
    {
        (await api.PostAsync("/v1/conversations", """{"\ud800":1}""")).Status.ShouldBeOneOf(400, 422);
        (await api.PostAsync("/v1/conversations", """{"metadata":{"\ud800":"a"}}""")).Status.ShouldBeOneOf(400, 422);
    }

    [Fact]
    public async Task A_body_that_is_not_declared_as_JSON_is_refused()
    {
        using var form = new FormUrlEncodedContent([new("title", "a")]);
        using var response = await api.Http.PostAsync("/v1/conversations", form);
        (await Answer.ReadAsync(response)).ExpectProblem(415, "unsupported_media_type");
    }

    [Fact]
    public async Task Routes_and_methods_that_are_not_there_are_told_apart()
    {
        (await api.GetAsync("/v1/nothing")).ExpectProblem(404, "route_not_found");
        var wrong = (await api.SendAsync(HttpMethod.Put, "/v1/conversations", "{}")).ExpectProblem(405, "method_not_allowed");
        wrong.Header("Allow").ShouldNotBeNull().ShouldContain("POST");
        (await api.GetAsync("/v1/me?verbose=1")).ExpectProblem(400, "invalid_parameter", "verbose");
    }

    static string Pairs(int count) => string.Join(",", Enumerable.Range(0, count).Select(i => $"\"k{i}\":\"v\""));
}
