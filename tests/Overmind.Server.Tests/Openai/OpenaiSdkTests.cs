using System.ClientModel;
using System.Text.Json;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace Overmind.Server.Tests.Openai;

/// <summary>The official client for .NET, with nothing but its address and key changed.</summary>
public class OpenaiSdkTests(Door door) : IClassFixture<Door>
{
    static readonly ChatTool Weather = ChatTool.CreateFunctionTool(
        "weather", "Tells the weather.", BinaryData.FromString("""{"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"], "additionalProperties": false}"""), true);

    [Fact]
    public async Task A_model_answers_and_says_what_it_used()
    {
        ChatCompletion answer = await Chat("up/plain").CompleteChatAsync("Say hello.");

        answer.Content[0].Text.ShouldBe("Hello world.");
        (answer.Role, answer.FinishReason, answer.Model, answer.SystemFingerprint).ShouldBe((ChatMessageRole.Assistant, ChatFinishReason.Stop, "up/plain", null));
        (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount).ShouldBe((21, 7, 28));
        (answer.Usage.InputTokenDetails.CachedTokenCount, answer.Usage.OutputTokenDetails.ReasoningTokenCount).ShouldBe((5, 3));
        answer.CreatedAt.ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
        (await door.LedgerAsync(answer.Id)).ShouldBe("settled succeeded up/plain 21 7 5 3 f");
    }

    [Fact]
    public async Task It_streams_piece_by_piece_and_ends_with_what_it_used()
    {
        var updates = await Chat("up/plain").CompleteChatStreamingAsync("Say hello.").ToListAsync();

        updates.SelectMany(u => u.ContentUpdate).Select(p => p.Text).Where(t => t.Length > 0).ShouldBe(["Hello ", "world."]);
        updates[0].Role.ShouldBe(ChatMessageRole.Assistant);
        updates.Select(u => u.FinishReason).OfType<ChatFinishReason>().ShouldHaveSingleItem().ShouldBe(ChatFinishReason.Stop);
        updates[^1].Usage.TotalTokenCount.ShouldBe(28);
        updates.Select(u => u.CompletionId).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_the_request_says_reaches_the_provider()
    {
        var options = new ChatCompletionOptions
        {
            Temperature = 0.5f,
            TopP = 0.25f,
            MaxOutputTokenCount = 77,
            FrequencyPenalty = 0.5f,
            PresencePenalty = -0.5f,
            StopSequences = { "END" },
            EndUserId = "reader-7",
            Metadata = { ["topic"] = "boats" },
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(
                "advice", BinaryData.FromString("""{"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": false}"""), jsonSchemaIsStrict: true),
#pragma warning disable OPENAI001 // The client calls these experimental; the API has them.
            ReasoningEffortLevel = ChatReasoningEffortLevel.Low,
            Seed = 42,
#pragma warning restore OPENAI001
        };
        ChatMessage[] messages =
        [
            new SystemChatMessage("Be brief."),
            new UserChatMessage(
                ChatMessageContentPart.CreateTextPart("What is this?"),
                ChatMessageContentPart.CreateImagePart(new Uri("https://example.com/boat.png"), ChatImageDetailLevel.Low),
                ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes([1, 2, 3]), "image/png")),
        ];
        ChatCompletion answer = await Chat("up/options").CompleteChatAsync(messages, options);

        var sent = door.Upstream.Requests.Single(r => r.GetProperty("model").GetString() == "options");
        sent.GetProperty("temperature").GetDouble().ShouldBe(0.5, 0.001);
        sent.GetProperty("top_p").GetDouble().ShouldBe(0.25, 0.001);
        sent.GetProperty("max_completion_tokens").GetInt32().ShouldBe(77);
        sent.GetProperty("frequency_penalty").GetDouble().ShouldBe(0.5, 0.001);
        sent.GetProperty("presence_penalty").GetDouble().ShouldBe(-0.5, 0.001);
        sent.GetProperty("stop").EnumerateArray().Select(s => s.GetString()).ShouldBe(["END"]);
        sent.GetProperty("seed").GetInt64().ShouldBe(42);
        sent.GetProperty("reasoning_effort").GetString().ShouldBe("low");
        var format = sent.GetProperty("response_format").GetProperty("json_schema");
        (format.GetProperty("name").GetString(), format.GetProperty("strict").GetBoolean()).ShouldBe(("advice", true));
        var parts = sent.GetProperty("messages")[1].GetProperty("content");
        parts.GetArrayLength().ShouldBe(3);
        parts[1].GetProperty("image_url").GetProperty("url").GetString().ShouldBe("https://example.com/boat.png");
        parts[1].GetProperty("image_url").GetProperty("detail").GetString().ShouldBe("low");
        parts[2].GetProperty("image_url").GetProperty("url").GetString().ShouldBe("data:image/png;base64,AQID");
        // Whom it is for is the ledger's.
        (await door.Server.Database.ScalarAsync<string>(
            "select concat_ws(' ', metadata ->> 'user', metadata -> 'metadata' ->> 'topic', metadata ->> 'max_output_tokens', api_key_id is not null) from token_usage where id = $1",
            Guid.Parse(answer.Id["chatcmpl-".Length..]))).ShouldBe("reader-7 boats 77 t");
    }

    [Fact]
    public async Task Tools_are_the_callers_to_run()
    {
        var options = new ChatCompletionOptions { Tools = { Weather }, ToolChoice = ChatToolChoice.CreateFunctionChoice("weather"), AllowParallelToolCalls = false };
        ChatCompletion answer = await Chat("up/tools").CompleteChatAsync([new UserChatMessage("What is the weather in Lima?")], options);

        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var call = answer.ToolCalls.ShouldHaveSingleItem();
        (call.Id, call.FunctionName, call.FunctionArguments.ToString()).ShouldBe(("call_1", "weather", """{"city": "Lima"}"""));
        var sent = door.Upstream.Requests.Last(r => r.GetProperty("model").GetString() == "tools");
        var tool = sent.GetProperty("tools")[0].GetProperty("function");
        (tool.GetProperty("name").GetString(), tool.GetProperty("strict").GetBoolean()).ShouldBe(("weather", true));
        sent.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString().ShouldBe("weather");
        sent.GetProperty("parallel_tool_calls").GetBoolean().ShouldBeFalse();

        await Chat("up/after").CompleteChatAsync(
            [new UserChatMessage("What is the weather in Lima?"), new AssistantChatMessage(answer), new ToolChatMessage("call_1", "Mist.")], new ChatCompletionOptions { Tools = { Weather } });
        var history = door.Upstream.Requests.Single(r => r.GetProperty("model").GetString() == "after").GetProperty("messages");
        history[1].GetProperty("tool_calls")[0].GetProperty("id").GetString().ShouldBe("call_1");
        JsonElement.Parse(history[1].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString()!).GetProperty("city").GetString().ShouldBe("Lima");
        (history[2].GetProperty("tool_call_id").GetString(), history[2].GetProperty("content").GetString()).ShouldBe(("call_1", "Mist."));
    }

    [Fact]
    public async Task Calls_of_tools_are_streamed_as_the_model_writes_them()
    {
        var updates = await Chat("up/tools").CompleteChatStreamingAsync([new UserChatMessage("Weather?")], new ChatCompletionOptions { Tools = { Weather } }).ToListAsync();

        var deltas = updates.SelectMany(u => u.ToolCallUpdates).ToList();
        (deltas[0].ToolCallId, deltas[0].FunctionName).ShouldBe(("call_1", "weather"));
        deltas.Select(d => d.FunctionArgumentsUpdate.ToString()).ShouldBe(["", "{\"city\": ", "\"Lima\"}"]);
        updates.Select(u => u.FinishReason).OfType<ChatFinishReason>().ShouldHaveSingleItem().ShouldBe(ChatFinishReason.ToolCalls);
    }

    [Fact]
    public async Task A_whole_run_answers_as_a_model()
    {
        ChatCompletion answer = await Chat("overmind/general-problem-solving").CompleteChatAsync("What makes a small harbour safe at night?");

        answer.Content[0].Text.ShouldNotBeEmpty();
        answer.Usage.OutputTokenCount.ShouldBePositive();
        var streamed = await Chat("overmind/general-problem-solving").CompleteChatStreamingAsync("What makes a small harbour safe at night?").ToListAsync();
        string.Concat(streamed.SelectMany(u => u.ContentUpdate).Select(p => p.Text)).ShouldNotBeEmpty();
        streamed[^1].Usage.TotalTokenCount.ShouldBePositive();
    }

    [Fact]
    public async Task Texts_become_vectors_in_either_form()
    {
        var embeddings = door.Client().GetEmbeddingClient("builtin/glove-ngram-v1");
        // The client asks for base64.
        var (one, many) = (await embeddings.GenerateEmbeddingAsync("A harbour."), await embeddings.GenerateEmbeddingsAsync(["A harbour.", "A recipe."]));

        var vector = one.Value.ToFloats().ToArray();
        vector.Length.ShouldBe(256);
        many.Value.Count.ShouldBe(2);
        many.Value[0].ToFloats().ToArray().ShouldBe(vector);
        many.Value.Usage.InputTokenCount.ShouldBePositive();
        var numbers = (await door.User.PostAsync("/openai/v1/embeddings", """{"model": "glove-ngram-v1", "input": "A harbour."}""")).Expect(200).Json.GetProperty("data")[0];
        numbers.GetProperty("embedding").EnumerateArray().Select(n => n.GetSingle()).ShouldBe(vector);
        (await door.Server.Database.ScalarAsync<long>(
            "select count(*) from token_usage where operation = 'embedding' and provider = 'builtin' and status = 'settled' and outcome = 'succeeded' and cost = 0")).ShouldBe(3);
    }

    [Fact]
    public async Task Models_and_workflows_are_listed_and_each_is_found_by_its_name()
    {
        var models = door.Client().GetOpenAIModelClient();
        var listed = (await models.GetModelsAsync()).Value.Select(m => m.Id).ToList();

        listed.ShouldContain("offline/offline");
        listed.ShouldContain("up/plain");
        listed.ShouldContain("builtin/glove-ngram-v1");
        listed.ShouldContain("overmind/general-problem-solving");
        foreach (var id in listed) (await models.GetModelAsync(id)).Value.Id.ShouldBe(id);
        (await models.GetModelAsync("up/plain")).Value.OwnedBy.ShouldBe("up");
    }

    [Fact]
    public async Task Errors_are_those_that_the_client_knows()
    {
        (await RefusedAsync(() => door.Client("sk_live_wrong").GetChatClient("up/plain").CompleteChatAsync("Hello?"))).ShouldBe((401, "invalid_api_key"));
        (await RefusedAsync(() => door.Client(door.Server.Reader.Key).GetChatClient("up/plain").CompleteChatAsync("Hello?"))).ShouldBe((403, "insufficient_scope"));
        (await RefusedAsync(() => Chat("nobody/m").CompleteChatAsync("Hello?"))).ShouldBe((404, "model_not_found"));
        (await RefusedAsync(() => Chat("up/unknown").CompleteChatAsync("Hello?"))).ShouldBe((404, "model_not_found"));
        (await RefusedAsync(() => Chat("overmind/nowhere").CompleteChatAsync("Hello?"))).ShouldBe((404, "model_not_found"));
        (await RefusedAsync(() => Chat("up/limited").CompleteChatAsync("Hello?"))).ShouldBe((429, "rate_limit_exceeded"));
        (await RefusedAsync(() => Chat("up/picky").CompleteChatAsync("Hello?"))).ShouldBe((400, "model_request_rejected"));
        (await RefusedAsync(() => Chat("up/plain").CompleteChatAsync([new UserChatMessage("Hello?")], new ChatCompletionOptions { IncludeLogProbabilities = true }))).ShouldBe((400, "invalid_value"));
        await Should.ThrowAsync<ClientResultException>(async () => await Chat("up/limited").CompleteChatStreamingAsync("Hello?").ToListAsync());
    }

    ChatClient Chat(string model) => door.Client().GetChatClient(model);

    static async Task<(int Status, string? Code)> RefusedAsync(Func<Task> call)
    {
        var refused = await Should.ThrowAsync<ClientResultException>(call);
        var error = JsonElement.Parse(refused.GetRawResponse()!.Content).GetProperty("error");
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        error.GetProperty("type").GetString().ShouldNotBeNullOrEmpty();
        error.TryGetProperty("param", out _).ShouldBeTrue();
        return (refused.Status, error.GetProperty("code").GetString());
    }
}
