using System.Text.Json;

namespace Overmind.Server.Tests.Conversations;

public class ContextTemplateEndpointsTests(ApiServers servers)
{
    const string Segments =
        """
        [{"name": "rules", "role": "system", "content": "You help {{customer}}.", "priority": 100}, {"name": "mail", "role": "user", "content": "{{mail}}", "max_tokens": 5}]
        """;

    const string Variables = """[{"name": "customer", "type": "string", "required": true}, {"name": "mail", "type": "string", "default": "Hello."}]""";

    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task A_template_is_made_read_listed_changed_deleted_and_brought_back()
    {
        var made = (await api.PostAsync("/v1/context_templates", Body("Round", """, "description": "For all.", "use_cases": ["round"], "agent_types": ["creative"]"""))).Expect(201);
        var template = made.Json.ShouldBeA("context_template");
        var path = made.Header("Location")!;
        path.ShouldBe($"/v1/context_templates/{made.Id}");
        (template.GetProperty("version").GetInt32(), template.GetProperty("use_count").GetInt64(), template.GetProperty("total_tokens").GetInt32()).ShouldBe((1, 0, 9));
        template.GetProperty("segments")[0].GetProperty("priority").GetInt32().ShouldBe(100);
        template.GetProperty("variables")[1].Text("default").ShouldBe("Hello.");
        (await api.GetAsync("/v1/context_templates?use_case=round")).ShouldBeAListOf("context_template").Single().Text("id").ShouldBe(made.Id.ToString());
        (await api.GetAsync("/v1/context_templates?name=Round&agent_type=creative&q=ALL")).Items.Count.ShouldBe(1);
        (await api.GetAsync("/v1/context_templates?use_case=square")).Items.ShouldBeEmpty();

        var renamed = (await api.PatchAsync(path, """{"name": "Round 2", "description": null}""", ("If-Match", made.Header("ETag")!))).Expect(200);
        (renamed.Json.GetProperty("version").GetInt32(), renamed.Json.GetProperty("description").ValueKind).ShouldBe((1, JsonValueKind.Null));
        (await api.PatchAsync(path, """{"name": "Round 3"}""", ("If-Match", made.Header("ETag")!))).ExpectProblem(412, "precondition_failed");
        var reworded = (await api.PatchAsync(path, """{"segments": [{"name": "rules", "role": "system", "content": "{{customer}}: {{mail}}"}]}""")).Expect(200);
        (reworded.Json.GetProperty("version").GetInt32(), reworded.Json.GetProperty("segments").GetArrayLength()).ShouldBe((2, 1));
        var versions = (await api.GetAsync($"{path}/versions")).ShouldBeAListOf("context_template.version");
        versions.Select(v => (v.GetProperty("version").GetInt32(), v.GetProperty("is_current").GetBoolean(), v.GetProperty("segments").GetArrayLength()))
            .ShouldBe([(2, true, 1), (1, false, 2)]);
        (await api.GetAsync($"{path}/versions?limit=1&after={versions[0].Text("id")}")).Items.Single().GetProperty("version").GetInt32().ShouldBe(1);

        (await api.DeleteAsync(path)).Expect(200).Json.Text("object").ShouldBe("context_template.deleted");
        (await api.GetAsync(path)).ExpectProblem(404, "context_template_not_found");
        (await api.PostAsync($"{path}/restore")).Expect(200);
        (await api.GetAsync(path)).Expect(200).Header("ETag").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_name_is_one_templates()
    {
        var first = await MakeAsync("Taken");
        (await api.PostAsync("/v1/context_templates", Body("Taken"))).ExpectProblem(409, "context_template_name_taken", "name");
        var second = await MakeAsync("Free");
        (await api.PatchAsync($"/v1/context_templates/{second}", """{"name": "Taken"}""")).ExpectProblem(409, "context_template_name_taken", "name");
        await api.DeleteAsync($"/v1/context_templates/{first}");
        (await api.PatchAsync($"/v1/context_templates/{second}", """{"name": "Taken"}""")).Expect(200);
        (await api.PostAsync($"/v1/context_templates/{first}/restore")).ExpectProblem(409, "context_template_name_taken");
    }

    [Theory]
    [InlineData("""{"name": "Bad"}""", "missing_field", "segments")]
    [InlineData("""{"name": "Bad", "segments": []}""", "invalid_value", "segments")]
    [InlineData("""{"name": "Bad", "segments": [{"name": "a", "role": "tool", "content": "x"}]}""", "invalid_value", "segments[0].role")]
    [InlineData("""{"name": "Bad", "segments": [{"name": "a", "role": "user"}]}""", "missing_field", "segments[0].content")]
    [InlineData("""{"name": "Bad", "segments": [{"name": "a", "role": "user", "content": "{{x}}"}]}""", "invalid_value", "segments[0].content")]
    [InlineData("""{"name": "Bad", "segments": [{"name": "a", "role": "user", "content": "{{#each x}}"}]}""", "invalid_value", "segments[0].content")]
    [InlineData("""{"name": "Bad", "segments": [{"name": "a", "role": "user", "content": "x"}], "variables": [{"name": "x", "type": "date"}]}""", "invalid_value", "variables[0].type")]
    [InlineData("""{"name": "Bad", "segments": [{"name": "a", "role": "user", "content": "x"}], "variables": [{"name": "x", "type": "string"}]}""", "invalid_value", "variables[0].name")]
    [InlineData("""{"name": "Bad", "segments": [{"name": "a", "role": "user", "content": "{{x}}"}], "variables": [{"name": "x", "type": "number", "default": "1"}]}""", "invalid_value", "variables[0].default")]
    public async Task What_is_no_template_is_refused_with_the_place(string body, string code, string param) =>
        (await api.PostAsync("/v1/context_templates", body)).ExpectProblem(422, code, param);

    [Fact]
    public async Task A_change_has_to_fit_what_stays()
    {
        var path = $"/v1/context_templates/{await MakeAsync("Fits")}";
        (await api.PatchAsync(path, """{"variables": []}""")).ExpectProblem(422, "invalid_value", "segments[0].content");
        (await api.PatchAsync(path, """{"segments": [{"name": "a", "role": "user", "content": "x"}]}""")).ExpectProblem(422, "invalid_value", "variables[0].name");
        (await api.PatchAsync(path, """{"segments": [{"name": "a", "role": "user", "content": "x"}], "variables": []}""")).Expect(200);
    }

    [Fact]
    public async Task It_is_rendered_in_any_version_and_nothing_is_kept()
    {
        var path = $"/v1/context_templates/{await MakeAsync("Rendered")}";
        var rendered = (await api.PostAsync($"{path}/render", """{"variables": {"customer": "Ada {{mail}}", "mail": "One two three four five six seven."}}""")).Expect(200)
            .Json.ShouldBeA("context_template.rendering");
        rendered.GetProperty("messages").EnumerateArray().Select(m => $"{m.Text("role")}: {m.Text("content")}")
            .ShouldBe(["system: You help Ada {{mail}}.", "user: One two three four five"]);
        rendered.GetProperty("segments").EnumerateArray().Select(s => s.GetProperty("cut").GetBoolean()).ShouldBe([false, true]);
        rendered.GetProperty("tokens").GetInt64().ShouldBe(rendered.GetProperty("segments").EnumerateArray().Sum(s => s.GetProperty("tokens").GetInt64()));

        await api.PatchAsync(path, """{"segments": [{"name": "all", "role": "user", "content": "{{customer}}{{mail}}"}]}""");
        (await api.PostAsync($"{path}/render", """{"version": 1, "variables": {"customer": "Ada"}, "model": "offline/offline"}""")).Expect(200).Json.ShouldSatisfyAllConditions(
            r => r.GetProperty("messages").GetArrayLength().ShouldBe(2), r => r.GetProperty("is_estimated").GetBoolean().ShouldBeTrue());
        (await api.PostAsync($"{path}/render", """{"version": 9, "variables": {"customer": "Ada"}}""")).ExpectProblem(404, "context_template_version_not_found");
        (await api.PostAsync($"{path}/render")).ExpectProblem(422, "missing_field", "variables.customer");
        (await api.PostAsync($"{path}/render", """{"variables": {"customer": 1}}""")).ExpectProblem(422, "invalid_value", "variables.customer");
        (await api.PostAsync($"{path}/render", """{"variables": {"customer": "Ada", "who": "x"}}""")).ExpectProblem(422, "invalid_value", "variables.who");
        (await api.PostAsync($"{path}/render", """{"variables": {"customer": "a\u0000"}}""")).ExpectProblem(422, "invalid_text", "variables.customer");
        (await api.GetAsync(path)).Json.GetProperty("use_count").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task A_conversation_begins_with_it_once_and_it_is_counted()
    {
        var template = await MakeAsync("Begins");
        const string body = """{"title": "Ada", "metadata": {"ticket": "42"}, "model_provider": "openai", "model_name": "gpt-4o", "context_template": {"name": "Begins", "variables": {"customer": "Ada"}}}""";
        var begun = (await api.PostAsync("/v1/conversations", body, ("Idempotency-Key", "begins-1"))).Expect(201);
        var metadata = begun.Json.GetProperty("metadata");
        (metadata.Text("context_template"), metadata.Text("context_template_id"), metadata.Text("context_template_version"), metadata.Text("ticket"))
            .ShouldBe(("Begins", template.ToString(), "1", "42"));
        begun.Json.GetProperty("message_count").GetInt32().ShouldBe(2);
        var messages = (await api.GetAsync($"/v1/conversations/{begun.Id}/messages?order=asc")).Items.ToList();
        messages.Select(m => $"{m.Text("role")}: {m.Text("content")}").ShouldBe(["system: You help Ada.", "user: Hello."]);
        begun.Json.GetProperty("rolling_tokens").GetInt64().ShouldBe(messages.Sum(m => m.GetProperty("window_tokens").GetInt64()));
        (await api.PostAsync("/v1/conversations", body, ("Idempotency-Key", "begins-1"))).Expect(201).Id.ShouldBe(begun.Id);
        (await api.GetAsync($"/v1/context_templates/{template}")).Json.GetProperty("use_count").GetInt64().ShouldBe(1);

        await api.PatchAsync($"/v1/context_templates/{template}", """{"segments": [{"name": "all", "role": "user", "content": "{{customer}}{{mail}}"}]}""");
        var earlier = await api.PostAsync("/v1/conversations", $$$$"""{"max_context_tokens": 5, "context_template": {"id": "{{{{template}}}}", "version": 1, "variables": {"customer": "Ada"}}}""");
        earlier.Expect(201).Json.GetProperty("message_count").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"context_template": {}}""", 422, "invalid_value", "context_template")]
    [InlineData("""{"context_template": {"name": "nowhere"}}""", 404, "context_template_not_found", null)]
    [InlineData("""{"context_template": {"name": "Begun", "version": 7}}""", 404, "context_template_version_not_found", null)]
    [InlineData("""{"context_template": {"name": "Begun", "version": 0}}""", 422, "invalid_value", "context_template.version")]
    [InlineData("""{"context_template": {"name": "Begun"}}""", 422, "missing_field", "context_template.variables.customer")]
    [InlineData("""{"context_template": {"name": "Begun", "variables": {"customer": "a"}}, "metadata": {"context_template": "x"}}""", 422, "invalid_value", "metadata.context_template")]
    [InlineData("""{"context_template": {"name": "Begun", "variables": {"customer": "a"}}, "workflow_id": "00000000-0000-7000-8000-000000000001"}""", 422, "workflow_not_found", "workflow_id")]
    public async Task Nothing_is_made_of_what_does_not_fit(string body, int status, string code, string? param)
    {
        await api.PostAsync("/v1/context_templates", Body("Begun"));
        (await api.PostAsync("/v1/conversations", body)).ExpectProblem(status, code, param);
    }

    [Fact]
    public async Task Others_of_the_organization_use_it_and_do_not_change_it()
    {
        var id = (await servers.Fast.Admin.PostAsync("/v1/context_templates", Body("Admin's"))).Expect(201).Id;
        (await api.PostAsync($"/v1/context_templates/{id}/render", """{"variables": {"customer": "Ada"}}""")).Expect(200);
        (await api.PatchAsync($"/v1/context_templates/{id}", """{"name": "Mine"}""")).ExpectProblem(403, "forbidden");
        (await api.DeleteAsync($"/v1/context_templates/{id}")).ExpectProblem(403, "forbidden");
        (await servers.Fast.Stranger.GetAsync($"/v1/context_templates/{id}")).ExpectProblem(404, "context_template_not_found");
    }

    async Task<Guid> MakeAsync(string name) => (await api.PostAsync("/v1/context_templates", Body(name))).Expect(201).Id;

    static string Body(string name, string more = "") => $$"""{"name": "{{name}}", "segments": {{Segments}}, "variables": {{Variables}}{{more}}}""";
}
