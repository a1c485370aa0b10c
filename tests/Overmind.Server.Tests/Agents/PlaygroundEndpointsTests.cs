using System.Text.Json;
using Overmind.Client;

namespace Overmind.Server.Tests.Agents;

public class PlaygroundEndpointsTests(ApiServers servers)
{
    Api User => servers.Fast.User;

    [Fact]
    public async Task A_prompt_is_answered_in_a_stream_that_ends_with_all_of_it()
    {
        var answered = (await User.PostAsync("/v1/playground", """{"prompt": "A harbour needs lights. A harbour needs walls.", "model": "offline/offline"}""")).Expect(200);
        answered.Header("Content-Type").ShouldBe("text/event-stream");
        var events = SentEvents(answered.Text);
        events.Select(e => e.Type).Distinct().ShouldBe(["playground.delta", "playground.completed"]);

        var answer = events[^1].Data.GetProperty("answer").ShouldBeA("playground.answer");
        var output = answer.GetProperty("output").GetString()!;
        output.ShouldContain("harbour");
        string.Concat(events.SkipLast(1).Select(e => e.Data.GetProperty("delta").GetString())).ShouldBe(output);
        answer.GetProperty("is_offline").GetBoolean().ShouldBeTrue();
        answer.GetProperty("tokens_output").GetInt64().ShouldBePositive();
    }

    [Fact]
    public async Task An_agent_is_asked_as_in_a_run_and_its_answer_is_judged_by_its_format()
    {
        var client = new OvermindClient(servers.Fast.Url, User.Key!);
        var agent = await client.Agents.CreateAsync(new NewAgent
        {
            Key = $"tried-{Guid.CreateVersion7():N}",
            Name = "Tried",
            Goal = "Advise.",
            Backstory = "Known.",
            OutputFormat = "json",
            OutputSchema = JsonElement.Parse("""{"type": "object", "required": ["advice"]}"""),
        });

        var updates = new List<PlaygroundUpdate>();
        await foreach (var update in client.Playground.AskAsync(new NewPlaygroundCall { Prompt = "How is a hull varnished?", Model = "offline/offline", AgentId = agent.Id })) updates.Add(update);

        var answer = updates[^1].Answer.ShouldNotBeNull();
        answer.FormatError.ShouldNotBeNull().ShouldContain("advice");
        (answer.AgentId, answer.ErrorMessage).ShouldBe((agent.Id, null));
        string.Concat(updates.Select(u => u.Delta)).ShouldBe(answer.Output);
    }

    [Fact]
    public async Task A_model_that_fails_is_told_in_the_answer()
    {
        var admin = new OvermindClient(servers.Fast.Url, servers.Fast.Admin.Key!);
        var provider = await admin.ModelProviders.AddAsync(new NewModelProvider
        {
            Kind = "ollama",
            Key = $"away-{Guid.CreateVersion7():N}",
            BaseUrl = "http://127.0.0.1:9",
            Settings = new ModelProviderSettings { MaxRetries = 0 },
        });
        PlaygroundAnswer? answer = null;
        await foreach (var update in admin.Playground.AskAsync(new NewPlaygroundCall { Prompt = "Anybody?", Model = $"{provider.Key}/m" })) answer = update.Answer;
        answer!.ErrorCode.ShouldBe("model_unreachable");
        answer.ErrorMessage.ShouldNotBeNull().ShouldContain("cannot be reached");
        answer.Output.ShouldBe("");
        await admin.ModelProviders.DeleteAsync(provider.Id);
    }

    [Theory]
    [InlineData("""{"model": "offline/offline"}""", 422, "missing_field", "prompt")]
    [InlineData("""{"prompt": "", "model": "offline/offline"}""", 422, "invalid_value", "prompt")]
    [InlineData("""{"prompt": "Why?"}""", 422, "missing_field", "model")]
    [InlineData("""{"prompt": "Why?", "model": "offline"}""", 422, "invalid_value", "model")]
    [InlineData("""{"prompt": "Why?", "model": "nobody/m"}""", 424, "model_unavailable", "model")]
    [InlineData("""{"prompt": "Why?", "model": "offline/offline", "temperature": 3}""", 422, "invalid_value", "temperature")]
    [InlineData("""{"prompt": "Why?", "model": "offline/offline", "max_tokens": 0}""", 422, "invalid_value", "max_tokens")]
    [InlineData("""{"prompt": "Why?", "model": "offline/offline", "agent": "creative"}""", 400, "unknown_field", "agent")]
    public async Task What_is_not_valid_is_a_problem_and_no_stream(string body, int status, string code, string param) =>
        (await User.PostAsync("/v1/playground", body)).ExpectProblem(status, code, param);

    [Fact]
    public async Task It_takes_no_idempotency_key_asks_no_agent_of_others_and_is_for_those_who_write()
    {
        const string body = """{"prompt": "Why?", "model": "offline/offline"}""";
        (await User.PostAsync("/v1/playground", body, ("Idempotency-Key", "once"))).ExpectProblem(400, "invalid_parameter", "Idempotency-Key");
        (await User.PostAsync("/v1/playground", $$"""{"prompt": "Why?", "model": "offline/offline", "agent_id": "{{Guid.CreateVersion7()}}"}""")).ExpectProblem(404, "agent_not_found");
        (await servers.Fast.Reader.PostAsync("/v1/playground", body)).ExpectProblem(403, "insufficient_scope");
        (await servers.Fast.Viewer.PostAsync("/v1/playground", body)).ExpectProblem(403, "forbidden");
    }

    static List<(string Type, JsonElement Data)> SentEvents(string text) =>
        [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('\n')).Select(lines => (lines[0]["event: ".Length..], JsonElement.Parse(lines[1]["data: ".Length..])))];
}
