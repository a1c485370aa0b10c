using System.Text.Json;

namespace Overmind.Server.Tests.Agents;

public class WorkflowEndpointsTests(ApiServers servers)
{
    readonly ApiServer server = servers.Fast;

    [Fact]
    public async Task A_workflow_goes_from_its_first_version_to_the_next_and_back()
    {
        var key = AgentEndpointsTests.NewKey();
        var made = (await server.User.PostAsync("/v1/workflows", $$"""{"key":"{{key}}","name":"Editing","agents":["creative","decision"],"cost_cap_usd":"0.50"}""")).Expect(201);
        made.Json.ShouldBeA("workflow").Text("cost_cap_usd").ShouldBe("0.50");
        made.Header("Location").ShouldBe($"/v1/workflows/{key}/versions/1");

        var draft = (await server.User.PostAsync($"/v1/workflows/{key}/versions", """{"agents":["decision"],"from":1}""")).Expect(201);
        draft.Json.GetProperty("version").GetInt32().ShouldBe(2);
        (string, string)[] unchanged = [("If-Match", draft.Header("ETag")!)];
        (await server.User.PatchAsync($"/v1/workflows/{key}/versions/2", """{"judge_model":"offline/offline"}""", unchanged)).Expect(200).Json.ShouldBeA("workflow");
        (await server.User.PatchAsync($"/v1/workflows/{key}/versions/2", """{"name":"Late"}""", unchanged)).ExpectProblem(412, "precondition_failed");
        (await server.User.PatchAsync($"/v1/workflows/{key}/versions/1", """{"agents":["decision"]}""")).ExpectProblem(409, "version_frozen");
        (await server.User.GetAsync($"/v1/workflows/{key}/diff?from=1&to=2")).Expect(200).Json.ShouldBeA("workflow.diff");

        (await server.User.PostAsync($"/v1/workflows/{key}/versions/2/activate")).Expect(200);
        (await server.User.GetAsync($"/v1/workflows/{key}")).Expect(200).Json.GetProperty("version").GetInt32().ShouldBe(2);
        (await server.User.PostAsync($"/v1/workflows/{key}/versions/1/activate")).Expect(200);
        (await server.User.GetAsync($"/v1/workflows?key={key}&active=true")).ShouldBeAListOf("workflow").Single().GetProperty("version").GetInt32().ShouldBe(1);

        await server.User.SendAsync(HttpMethod.Put, $"/v1/workflows/{key}/rating", """{"rating":2}""");
        var rated = (await server.User.SendAsync(HttpMethod.Put, $"/v1/workflows/{key}/rating", """{"rating":4}""")).Expect(200).Json;
        (rated.GetProperty("rating").GetDouble(), rated.GetProperty("rating_count").GetInt32(), rated.GetProperty("my_rating").GetInt32()).ShouldBe((4, 1, 4));
        (await server.Admin.GetAsync($"/v1/workflows/{key}")).Json.GetProperty("my_rating").ValueKind.ShouldBe(JsonValueKind.Null);

        (await server.User.DeleteAsync($"/v1/workflows/{key}")).Expect(200).Json.Text("object").ShouldBe("workflow.deleted");
        (await server.User.GetAsync($"/v1/workflows/{key}")).ExpectProblem(404, "workflow_version_not_found");
        (await server.User.PostAsync($"/v1/workflows/{key}/restore")).Expect(200).Json.GetProperty("is_active").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_names_a_draft_by_its_version()
    {
        var key = AgentEndpointsTests.NewKey();
        (await server.User.PostAsync("/v1/workflows", $$"""{"key":"{{key}}","name":"Editing","agents":["creative"]}""")).Expect(201);
        (await server.User.PostAsync($"/v1/workflows/{key}/versions")).Expect(201);
        var run = (await server.User.PostAsync(
            $"/v1/conversations/{await server.User.NewConversationAsync()}/runs", $$"""{"question":"Why?","workflow":"{{key}}@2","max_n2_iterations":1}""")).Expect(202);
        run.Json.GetProperty("workflow").GetProperty("version").GetInt32().ShouldBe(2);
        await server.User.GetAsync($"/v1/runs/{run.Id}/events");
        var conversation = await server.User.NewConversationAsync();
        (await server.User.PostAsync($"/v1/conversations/{conversation}/runs", $$"""{"question":"Why?","workflow":"{{key}}@9"}""")).ExpectProblem(422, "workflow_not_found", "workflow");
        (await server.User.PostAsync($"/v1/conversations/{conversation}/runs", $$"""{"question":"Why?","workflow":"{{key}}@"}""")).ExpectProblem(422, "invalid_value", "workflow");
    }

    [Fact]
    public async Task What_is_published_is_copied_by_another_organization()
    {
        var key = AgentEndpointsTests.NewKey();
        var made = (await server.User.PostAsync("/v1/workflows", $$"""{"key":"{{key}}","name":"Shared","agents":["creative"],"is_public":true}""")).Expect(201);
        (await server.Stranger.GetAsync($"/v1/public_workflows?q={key}")).ShouldBeAListOf("public_workflow").ShouldHaveSingleItem();
        var copy = (await server.Stranger.PostAsync($"/v1/public_workflows/{made.Id}/copy")).Expect(201).Json.ShouldBeA("workflow");
        copy.Text("origin_key").ShouldBe(made.Id.ToString());
        (await server.Stranger.GetAsync($"/v1/workflows/{key}")).Expect(200).Id.ShouldBe(copy.GetProperty("id").GetGuid());
        (await server.Stranger.PostAsync($"/v1/public_workflows/{made.Id}/copy")).ExpectProblem(409, "key_taken", "key");
    }

    [Theory]
    [InlineData("""{"key":"x","name":"X"}""", 422, "missing_field", "agents")]
    [InlineData("""{"key":"x","name":"X","agents":[]}""", 422, "invalid_value", "agents")]
    [InlineData("""{"key":"x","name":"X","agents":["creative","creative"]}""", 422, "invalid_value", "agents[1]")]
    [InlineData("""{"key":"x","name":"X","agents":["nobody"]}""", 422, "invalid_value", "agents[0]")]
    [InlineData("""{"key":"x","name":"X","agents":["creative"],"execution_mode":"random"}""", 422, "invalid_value", "execution_mode")]
    [InlineData("""{"key":"x","name":"X","agents":["creative"],"deadline_seconds":0}""", 422, "invalid_value", "deadline_seconds")]
    [InlineData("""{"key":"x","name":"X","agents":["creative"],"judge_model":"gpt"}""", 422, "invalid_value", "judge_model")]
    [InlineData("""{"key":"general-problem-solving","name":"X","agents":["creative"]}""", 409, "key_taken", "key")]
    public async Task Bad_input_is_told_by_its_member(string body, int status, string code, string? param) =>
        (await server.User.PostAsync("/v1/workflows", body)).ExpectProblem(status, code, param);

    [Theory]
    [InlineData("GET", "/v1/workflows/none", null, 404, "workflow_version_not_found", null)]
    [InlineData("GET", "/v1/workflows/general-problem-solving/versions/99", null, 404, "workflow_version_not_found", null)]
    [InlineData("GET", "/v1/workflows/general-problem-solving/versions/one", null, 404, "workflow_version_not_found", null)]
    [InlineData("GET", "/v1/workflows/general-problem-solving/diff?from=1", null, 400, "invalid_parameter", "to")]
    [InlineData("POST", "/v1/workflows/general-problem-solving/versions/99/activate", null, 404, "workflow_version_not_found", null)]
    [InlineData("PUT", "/v1/workflows/general-problem-solving/rating", """{"rating":0}""", 422, "invalid_value", "rating")]
    [InlineData("PUT", "/v1/workflows/general-problem-solving/rating", """{"rating":6}""", 422, "invalid_value", "rating")]
    [InlineData("PUT", "/v1/workflows/general-problem-solving/rating", "{}", 422, "missing_field", "rating")]
    [InlineData("DELETE", "/v1/workflows/general-problem-solving", null, 403, "forbidden", null)]
    [InlineData("GET", "/v1/workflows?sort=beauty", null, 400, "invalid_parameter", "sort")]
    [InlineData("POST", "/v1/public_workflows/none/copy", null, 404, "workflow_version_not_found", null)]
    public async Task What_is_not_there_or_not_allowed_is_told(string method, string path, string? body, int status, string code, string? param) =>
        (await server.User.SendAsync(new HttpMethod(method), path, body)).ExpectProblem(status, code, param);
}
