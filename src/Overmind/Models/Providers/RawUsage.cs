using System.ClientModel.Primitives;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using OllamaSharp.Models.Chat;
using OpenAI.Chat;

namespace Overmind.Models.Providers;

/// <summary>
/// What a provider counted, as it said it: <see cref="UsageDetails"/> knows the counts that all have, and prices go by more than those
/// (how long a cache entry lives, the service tier). Kept as a <see cref="JsonObject"/> in <see cref="AIContent.AdditionalProperties"/>,
/// for a plain answer in those of the response.
/// </summary>
sealed class RawUsage
{
    /// <summary>The name it is kept under.</summary>
    public const string Name = "usage";

    JsonObject? _seen;

    /// <summary>Notes what an update of a stream says of it, and adds to the counts what was said so far: Anthropic counts at the beginning and at the end.</summary>
    public void Keep(ChatResponseUpdate update)
    {
        Note(update.RawRepresentation);
        foreach (var usage in update.Contents.OfType<UsageContent>())
        {
            Note(usage.RawRepresentation);
            if (_seen is not null) (usage.AdditionalProperties ??= [])[Name] = _seen.DeepClone();
        }
    }

    public static void Keep(ChatResponse response)
    {
        if (Of(response.RawRepresentation) is { } raw) (response.AdditionalProperties ??= [])[Name] = raw;
    }

    void Note(object? raw)
    {
        if (Of(raw) is not { } counts) return;
        _seen ??= [];
        foreach (var (name, value) in counts)
            if (value is not null) _seen[name] = value.DeepClone();
    }

    static JsonObject? Of(object? raw) => raw switch
    {
        StreamingChatCompletionUpdate { Usage: { } usage } => Json(usage),
        ChatCompletion { Usage: { } usage } => Json(usage),
        ChatDoneResponseStream done => JsonSerializer.SerializeToNode(done, done.GetType())!.AsObject(),
        Anthropic.Core.ModelBase model => Usage(JsonSerializer.SerializeToNode(model, model.GetType()) as JsonObject),
        _ => null,
    };

    static JsonObject? Json(ChatTokenUsage usage) => JsonNode.Parse(ModelReaderWriter.Write(usage).ToMemory().Span) as JsonObject;

    /// <summary>Of a message, or of an event that holds one.</summary>
    static JsonObject? Usage(JsonObject? model) => (model?["usage"] ?? model?["message"]?["usage"]) as JsonObject;
}
