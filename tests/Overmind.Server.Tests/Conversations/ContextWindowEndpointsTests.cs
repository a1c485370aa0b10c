using System.Text.Json;

namespace Overmind.Server.Tests.Conversations;

public class ContextWindowEndpointsTests(ApiServers servers)
{
    const string Openai = """{"model_provider": "openai", "model_name": "gpt-4o", "max_context_tokens": 100, "prune_strategy": "sliding_window", "prune_margin_ratio": 0.5}""";

    readonly Api api = servers.Fast.User;

    [Fact]
    public async Task A_conversation_says_which_model_its_window_is_for_and_how_it_is_pruned()
    {
        var made = (await api.PostAsync("/v1/conversations", Openai)).Expect(201).Json;
        made.Text("model_name").ShouldBe("gpt-4o");
        made.GetProperty("max_context_tokens").GetInt32().ShouldBe(100);
        made.Text("prune_strategy").ShouldBe("sliding_window");
        made.GetProperty("rolling_tokens").GetInt32().ShouldBe(0);

        var path = $"/v1/conversations/{made.GetProperty("id").GetGuid()}";
        var changed = (await api.PatchAsync(path, """{"model_provider": null, "model_name": null, "max_context_tokens": null, "auto_prune": true, "prune_strategy": "hybrid", "prune_margin_ratio": 0.8}""")).Expect(200).Json;
        changed.GetProperty("model_name").ValueKind.ShouldBe(JsonValueKind.Null);
        changed.GetProperty("max_context_tokens").ValueKind.ShouldBe(JsonValueKind.Null);
        changed.GetProperty("auto_prune").GetBoolean().ShouldBeTrue();
        changed.Text("prune_strategy").ShouldBe("hybrid");
        changed.GetProperty("prune_margin_ratio").GetDouble().ShouldBe(0.8);
    }

    [Fact]
    public async Task Messages_are_counted_by_the_models_own_tokenizer_and_marked_where_they_are_not()
    {
        var exact = await api.NewConversationAsync(Openai);
        var message = (await api.PostAsync($"/v1/conversations/{exact}/messages", """{"content": "hello world"}""")).Expect(201).Json;
        // Two tokens of o200k, and four that frame it.
        message.GetProperty("window_tokens").GetInt32().ShouldBe(6);
        var window = (await api.GetAsync($"/v1/conversations/{exact}/context")).Expect(200).Json.ShouldBeA("context_window");
        window.GetProperty("message_tokens").GetInt32().ShouldBe(6);
        window.GetProperty("free_tokens").GetInt32().ShouldBe(94);
        window.GetProperty("margin_tokens").GetInt32().ShouldBe(50);
        window.GetProperty("is_estimated").GetBoolean().ShouldBeFalse();

        var path = $"/v1/conversations/{exact}/messages/{message.GetProperty("id").GetGuid()}";
        var edited = (await api.PatchAsync(path, """{"content": "hello world hello world"}""")).Expect(200);
        edited.Json.GetProperty("window_tokens").GetInt32().ShouldBe(8);
        (await api.GetAsync(path)).Expect(200).Header("ETag").ShouldBe(edited.Header("ETag"));
        (await api.GetAsync($"/v1/conversations/{exact}")).Json.GetProperty("rolling_tokens").GetInt32().ShouldBe(8);

        var estimated = await api.NewConversationAsync();
        (await api.PostAsync($"/v1/conversations/{estimated}/messages", """{"content": "hello world"}""")).Expect(201).Json.GetProperty("window_tokens").ValueKind.ShouldBe(JsonValueKind.Null);
        window = (await api.GetAsync($"/v1/conversations/{estimated}/context")).Expect(200).Json;
        window.GetProperty("message_tokens").GetInt32().ShouldBe(3);
        window.GetProperty("max_tokens").GetInt32().ShouldBe(8000);
        window.GetProperty("is_estimated").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Pruning_takes_messages_out_of_the_window_and_not_out_of_the_conversation()
    {
        var conversation = await api.NewConversationAsync();
        await api.PostAsync($"/v1/conversations/{conversation}/messages", """{"role": "system", "content": "Be brief."}""");
        var pinned = await api.NewMessageAsync(conversation, "Remember the larch");
        for (var i = 0; i < 5; i++)
            await api.NewMessageAsync(conversation, $"Message number {i}");
        (await api.PostAsync($"/v1/conversations/{conversation}/messages/{pinned}/pin")).Expect(200).Json.ShouldBeA("message").GetProperty("pinned").GetBoolean().ShouldBeTrue();

        var pruned = (await api.PostAsync($"/v1/conversations/{conversation}/prune", """{"target_tokens": 18}""")).Expect(200).Json.ShouldBeA("context_window.pruned");
        pruned.GetProperty("messages_pruned").GetInt32().ShouldBe(3);
        pruned.GetProperty("tokens_freed").GetInt32().ShouldBe(12);
        pruned.GetProperty("is_queued").GetBoolean().ShouldBeFalse();
        var window = pruned.GetProperty("window");
        window.GetProperty("message_count").GetInt32().ShouldBe(4);
        window.GetProperty("pinned_tokens").GetInt32().ShouldBe(5);
        window.GetProperty("system_tokens").GetInt32().ShouldBe(3);
        (await api.GetAsync($"/v1/conversations/{conversation}")).Json.GetProperty("message_count").GetInt32().ShouldBe(7);
        (await api.GetAsync($"/v1/conversations/{conversation}/context?limit=2")).Expect(200).Json.GetProperty("has_more").GetBoolean().ShouldBeTrue();

        (await api.PostAsync($"/v1/conversations/{conversation}/messages/{pinned}/unpin")).Expect(200);
        (await api.GetAsync($"/v1/conversations/{conversation}/context")).Json.GetProperty("message_count").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task What_is_wrong_is_refused_with_its_name()
    {
        (await api.PostAsync("/v1/conversations", """{"model_name": "gpt-4o"}""")).ExpectProblem(422, "invalid_value", "model_provider");
        (await api.PostAsync("/v1/conversations", """{"max_context_tokens": 0}""")).ExpectProblem(422, "invalid_value", "max_context_tokens");
        (await api.PostAsync("/v1/conversations", """{"prune_margin_ratio": 1.5}""")).ExpectProblem(422, "invalid_value", "prune_margin_ratio");
        (await api.PostAsync("/v1/conversations", """{"prune_strategy": "lifo"}""")).Status.ShouldBe(422);
        var conversation = await api.NewConversationAsync();
        (await api.PatchAsync($"/v1/conversations/{conversation}", """{"model_name": "gpt-4o"}""")).ExpectProblem(422, "invalid_value", "model_provider");
        (await api.PostAsync($"/v1/conversations/{conversation}/prune", """{"target_tokens": -1}""")).ExpectProblem(422, "invalid_value", "target_tokens");
        (await api.GetAsync($"/v1/conversations/{conversation}/context?limit=2000")).ExpectProblem(400, "invalid_parameter", "limit");
        (await api.GetAsync($"/v1/conversations/{conversation}/context?branch=7")).ExpectProblem(404, "branch_not_found");
        (await api.GetAsync($"/v1/conversations/{Guid.CreateVersion7()}/context")).ExpectProblem(404, "conversation_not_found");
        (await api.PostAsync($"/v1/conversations/{Guid.CreateVersion7()}/prune")).ExpectProblem(404, "conversation_not_found");
        (await api.PostAsync($"/v1/conversations/{conversation}/messages/{Guid.CreateVersion7()}/pin")).ExpectProblem(404, "message_not_found");
    }
}
