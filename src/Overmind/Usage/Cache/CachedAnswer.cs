using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Overmind.Usage.Cache;

/// <summary>An answer as it came: pieces of text and calls of tools, in their order, and how it finished (<c>ai_response_cache.response</c>).</summary>
static class CachedAnswer
{
    public static string Write(IReadOnlyList<AIContent> parts, ChatFinishReason finish) => StoredText.CleanJson(new JsonObject
    {
        ["parts"] = new JsonArray([.. parts.Select(Part)]),
        ["finish_reason"] = finish.Value,
    }.ToJsonString());

    /// <summary>The stream of before, without its waits.</summary>
    public static IEnumerable<ChatResponseUpdate> Read(string response)
    {
        using var document = JsonDocument.Parse(response);
        List<ChatResponseUpdate> updates = [.. document.RootElement.GetProperty("parts").EnumerateArray().Select(p => new ChatResponseUpdate(ChatRole.Assistant, [Content(p)]))];
        updates.Add(new ChatResponseUpdate { Role = ChatRole.Assistant, FinishReason = new ChatFinishReason(document.RootElement.GetProperty("finish_reason").GetString()!) });
        return updates;
    }

    static JsonNode Part(AIContent part) => part is FunctionCallContent call
        ? new JsonObject
        {
            ["tool_call"] = new JsonObject
            {
                ["call_id"] = call.CallId,
                ["name"] = call.Name,
                ["arguments"] = JsonSerializer.SerializeToNode(call.Arguments, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>))),
            },
        }
        : new JsonObject { ["text"] = ((TextContent)part).Text };

    static AIContent Content(JsonElement part)
    {
        if (part.TryGetProperty("text", out var text)) return new TextContent(text.GetString());
        var call = part.GetProperty("tool_call");
        var arguments = call.GetProperty("arguments").Deserialize(AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)));
        return new FunctionCallContent(call.GetProperty("call_id").GetString()!, call.GetProperty("name").GetString()!, (IDictionary<string, object?>?)arguments);
    }
}
