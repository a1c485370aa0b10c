using System.Text.Json;
using Overmind.Testing;

namespace Overmind.Server.Tests.Openai;

/// <summary>What goes over the wire.</summary>
public class ChatCompletionTests(Door door) : IClassFixture<Door>
{
    const string Hello = "\"messages\": [{\"role\": \"user\", \"content\": \"Hello?\"}]";

    [Fact]
    public async Task An_answer_has_the_members_that_OpenAIs_has()
    {
        var answer = (await door.AskAsync($"\"model\": \"up/plain\", {Hello}")).Expect(200);

        answer.Header("Content-Type").ShouldBe("application/json");
        answer.Header("x-overmind-cache").ShouldBe("off");
        answer.Header("X-Request-Id").ShouldNotBeNull();
        Shapes.Members(answer.Json).ShouldBe(["id", "object", "created", "model", "system_fingerprint", "choices", "usage"]);
        answer.Json.Text("object").ShouldBe("chat.completion");
        var choice = answer.Json.GetProperty("choices")[0];
        Shapes.Members(choice).ShouldBe(["index", "message", "logprobs", "finish_reason"]);
        Shapes.Members(choice.GetProperty("message")).ShouldBe(["role", "content", "refusal"]);
    }

    [Fact]
    public async Task A_stream_ends_with_DONE_and_tells_what_was_used_when_it_is_asked_to()
    {
        var plain = Events(await door.AskAsync($"\"model\": \"up/plain\", \"stream\": true, {Hello}"));
        plain[^1].ShouldBe("[DONE]");
        plain.SkipLast(1).Select(e => JsonElement.Parse(e)).ShouldAllBe(e => e.GetProperty("choices").GetArrayLength() == 1 && e.Text("object") == "chat.completion.chunk");
        var counted = Events(await door.AskAsync($$"""
            "model": "up/plain", "stream": true, "stream_options": {"include_usage": true}, {{Hello}}
            """));
        var last = JsonElement.Parse(counted[^2]);
        last.GetProperty("choices").GetArrayLength().ShouldBe(0);
        last.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task An_answer_that_was_cut_off_says_so()
    {
        (await door.AskAsync($"\"model\": \"up/short\", \"max_tokens\": 1, {Hello}")).Expect(200).Json.GetProperty("choices")[0].Text("finish_reason").ShouldBe("length");
        door.Upstream.Requests.Single(r => r.GetProperty("model").GetString() == "short").GetProperty("max_completion_tokens").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_name_without_its_provider_is_found_where_it_is_clear_whose_it_is()
    {
        (await door.AskAsync($"\"model\": \"bare\", {Hello}")).Expect(200);
        door.Upstream.Requests.ShouldContain(r => r.GetProperty("model").GetString() == "bare");
        (await door.AskAsync($"\"model\": \"offline\", {Hello}")).Expect(200).Json.Text("model").ShouldBe("offline");
    }

    [Fact]
    public async Task A_provider_that_breaks_off_is_told_in_the_stream_and_what_came_is_in_the_ledger()
    {
        using var streamed = await StreamAsync("up/broken");
        door.Upstream.MayBreak.SetResult();
        var events = Events(await Answer.ReadAsync(streamed));

        JsonElement.Parse(events[^1]).GetProperty("error").Text("code").ShouldBe("model_interrupted");
        (await door.LedgerAsync(JsonElement.Parse(events[0]).Text("id")!)).ShouldStartWith("settled failed up/broken 2 1 t");
        await ErrorAsync(await door.AskAsync($"\"model\": \"up/broken\", {Hello}"), 502, "model_interrupted", null);
    }

    [Fact]
    public async Task Who_leaves_stops_the_call_and_what_came_by_then_is_in_the_ledger()
    {
        using (var response = await StreamAsync("up/endless"))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (!(await reader.ReadLineAsync())!.Contains("ever", StringComparison.Ordinal))
            {
            }
        }

        await door.Upstream.Left.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Poll.UntilAsync(async () => await door.Server.Database.ScalarAsync<string>(
            "select string_agg(concat_ws(' ', status, outcome, tokens_output > 0, is_estimated), ',') from token_usage where model = 'endless'") == "settled stopped t t");
    }

    [Fact]
    public async Task The_same_asked_again_is_answered_from_the_cache_where_it_is_asked_to()
    {
        const string body = "\"model\": \"up/plain\", \"messages\": [{\"role\": \"user\", \"content\": \"What is kept?\"}]";
        (await door.AskAsync(body, ("x-overmind-cache", "exact"))).Expect(200).Header("x-overmind-cache").ShouldBe("miss");
        var again = (await door.AskAsync(body, ("x-overmind-cache", "exact"))).Expect(200);
        again.Header("x-overmind-cache").ShouldBe("hit");
        again.Json.GetProperty("choices")[0].GetProperty("message").Text("content").ShouldBe("Hello world.");
        (await door.LedgerAsync(again.Json.Text("id")!)).ShouldStartWith("settled cached up/plain 0 0");
    }

    [Fact]
    public async Task A_budget_that_is_used_up_is_told_before_anything_is_called()
    {
        (await door.Server.Admin.PostAsync("/v1/budgets", """{"name": "None", "dimension": "model", "subject": "up/dear", "period": "day", "unit": "tokens", "limit_amount": "1", "on_limit": "block"}""")).Expect(201);
        var refused = await door.AskAsync($"\"model\": \"up/dear\", {Hello}");
        await ErrorAsync(refused, 402, "insufficient_quota", null);
        door.Upstream.Requests.ShouldNotContain(r => r.GetProperty("model").GetString() == "dear");
    }

    [Theory]
    [InlineData("\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]", 400, "missing_field", "model")]
    [InlineData("\"model\": \"up/plain\"", 400, "missing_field", "messages")]
    [InlineData("\"model\": \"up/plain\", \"messages\": []", 400, "invalid_value", "messages")]
    [InlineData("\"model\": \"up/plain\", \"messages\": [{\"role\": \"robot\", \"content\": \"a\"}]", 400, "invalid_value", "messages[0].role")]
    [InlineData("\"model\": \"up/plain\", \"messages\": [{\"role\": \"user\"}]", 400, "missing_field", "messages[0].content")]
    [InlineData("\"model\": \"up/plain\", \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"input_audio\", \"input_audio\": {}}]}]", 400, "invalid_value", "messages[0].content[0].type")]
    [InlineData("\"model\": \"up/plain\", \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": {\"url\": \"http://a.test/b.png\"}}]}]", 400, "invalid_value", "messages[0].content[0].image_url.url")]
    [InlineData("\"model\": \"up/plain\", \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": {\"url\": \"file:///etc/passwd\"}}]}]", 400, "invalid_value", "messages[0].content[0].image_url.url")]
    [InlineData("\"model\": \"up/plain\", \"messages\": [{\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"c\", \"type\": \"function\", \"function\": {\"name\": \"f\", \"arguments\": \"{\"}}]}]", 400, "invalid_json", "messages[0].tool_calls[0].function.arguments")]
    [InlineData("\"model\": \"up/plain\", \"n\": 2, " + Hello, 400, "invalid_value", "n")]
    [InlineData("\"model\": \"up/plain\", \"logit_bias\": {\"1\": 2}, " + Hello, 400, "invalid_value", "logit_bias")]
    [InlineData("\"model\": \"up/plain\", \"store\": true, " + Hello, 400, "invalid_value", "store")]
    [InlineData("\"model\": \"up/plain\", \"temprature\": 1, " + Hello, 400, "unknown_field", "temprature")]
    [InlineData("\"model\": \"up/plain\", \"temperature\": 3, " + Hello, 400, "invalid_value", "temperature")]
    [InlineData("\"model\": \"up/plain\", \"response_format\": {\"type\": \"xml\"}, " + Hello, 400, "invalid_value", "response_format.type")]
    [InlineData("\"model\": \"up/plain\", \"tools\": [{\"type\": \"web\"}], " + Hello, 400, "invalid_value", "tools[0].type")]
    [InlineData("\"model\": \"what\", \"messages\": 1", 400, "invalid_type", "messages")]
    [InlineData("\"model\": \"overmind/general-problem-solving\", \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\"}}], " + Hello, 400, "invalid_value", "tools")]
    [InlineData("\"model\": \"overmind/general-problem-solving\", \"messages\": [{\"role\": \"assistant\", \"content\": \"a\"}]", 400, "invalid_value", "messages")]
    public async Task What_is_not_supported_is_refused_by_its_name(string members, int status, string code, string param) =>
        await ErrorAsync(await door.AskAsync(members), status, code, param);

    [Theory]
    [InlineData("""{"model": "builtin/glove-ngram-v1"}""", "missing_field", "input", 400)]
    [InlineData("""{"model": "builtin/glove-ngram-v1", "input": [1, 2]}""", "invalid_value", "input", 400)]
    [InlineData("""{"model": "builtin/glove-ngram-v1", "input": [[1, 2]]}""", "invalid_value", "input", 400)]
    [InlineData("""{"model": "builtin/glove-ngram-v1", "input": []}""", "invalid_value", "input", 400)]
    [InlineData("""{"model": "builtin/glove-ngram-v1", "input": "a", "dimensions": 64}""", "invalid_value", "dimensions", 400)]
    [InlineData("""{"model": "builtin/glove-ngram-v1", "input": "a", "encoding_format": "hex"}""", "invalid_value", "encoding_format", 400)]
    [InlineData("""{"model": "text-embedding-3-small", "input": "a"}""", "model_not_found", "model", 404)]
    public async Task Texts_with_a_mistake_are_refused(string body, string code, string param, int status) =>
        await ErrorAsync(await door.User.PostAsync("/openai/v1/embeddings", body), status, code, param);

    [Fact]
    public async Task Every_error_of_these_routes_has_OpenAIs_shape_and_no_other_has_it()
    {
        await ErrorAsync(await door.User.GetAsync("/openai/v1/nothing"), 404, "route_not_found", null);
        await ErrorAsync(await door.User.SendAsync(HttpMethod.Put, "/openai/v1/chat/completions", "{}"), 405, "method_not_allowed", null);
        await ErrorAsync(await door.User.PostAsync("/openai/v1/chat/completions", "{"), 400, "invalid_json", null);
        await ErrorAsync(await door.User.GetAsync("/openai/v1/models/up/nothing"), 404, "model_not_found", "model");
        using var anonymous = door.Server.Anonymous;
        var nobody = await anonymous.GetAsync("/openai/v1/models");
        await ErrorAsync(nobody, 401, "unauthenticated", null);
        nobody.Header("WWW-Authenticate").ShouldBe("Bearer");
        (await door.User.GetAsync("/v1/nothing")).ExpectProblem(404, "route_not_found");
    }

    /// <summary>An answer of which the beginning is there.</summary>
    async Task<HttpResponseMessage> StreamAsync(string model)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/openai/v1/chat/completions")
        {
            Content = new StringContent($$"""{"model": "{{model}}", "stream": true, {{Hello}} }""", System.Text.Encoding.UTF8, "application/json"),
        };
        return await door.User.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    static Task ErrorAsync(Answer answer, int status, string code, string? param)
    {
        answer.Expect(status).Header("Content-Type").ShouldBe("application/json");
        var error = answer.Json.GetProperty("error");
        Shapes.Members(error).ShouldBe(["message", "type", "param", "code"]);
        (error.Text("code"), error.Text("param")).ShouldBe((code, param), answer.Text);
        error.Text("message").ShouldNotBeNullOrEmpty();
        return Task.CompletedTask;
    }

    static List<string> Events(Answer answer)
    {
        answer.Expect(200).Header("Content-Type").ShouldBe("text/event-stream");
        return [.. answer.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(e => e.StartsWith("data: ", StringComparison.Ordinal)).Select(e => e["data: ".Length..])];
    }
}
