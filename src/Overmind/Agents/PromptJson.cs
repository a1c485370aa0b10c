using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Overmind.Agents;

/// <summary>A prompt as it is kept with its step: an array of <c>role</c> and <c>content</c>.</summary>
static class PromptJson
{
    public static string Write(IReadOnlyList<ChatMessage> messages) => StoredText.CleanJson(
        new JsonArray([.. messages.Select(m => (JsonNode)new JsonObject { ["role"] = m.Role.Value, ["content"] = m.Text })]).ToJsonString(RunJson.Options));
}
