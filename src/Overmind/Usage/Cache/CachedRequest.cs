using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Overmind.Models;

namespace Overmind.Usage.Cache;

/// <summary>
/// A request as the response cache knows it. The key is the digest of all that may change its answer. The scope is the digest of the same without the words of
/// the question, with its language, its numbers and the words that turn its meaning: so nothing but
/// other words of a question may differ between two that count as similar.
/// </summary>
sealed record CachedRequest
{
    /// <summary>Longer ones are documents, not questions: a word that turns their meaning hardly moves their vector.</summary>
    const int MaxQuestionLength = 500;

    /// <summary>To be raised when the same request is written otherwise: answers of before are then not found any more.</summary>
    const int Version = 1;

    /// <summary>Says which call it is and not what is asked.</summary>
    const string IdempotencyKey = "idempotency_key";

    public required ModelReference Model { get; init; }

    public required string Key { get; init; }

    /// <summary>Null: similar questions are not looked for.</summary>
    public string? Scope { get; init; }

    /// <summary>The question's words; null without a scope.</summary>
    public string? Question { get; init; }

    public string? QuestionDigest => Question is null ? null : CanonicalJson.Digest(JsonValue.Create(Question));

    /// <summary>Null: what the answer depends on cannot be told, so that it is not kept.</summary>
    /// <param name="question">The part of the last message that is the question; null: all of it.</param>
    public static CachedRequest? Of(ModelReference model, CachePolicy policy, IReadOnlyList<ChatMessage> messages, ChatOptions? options, string? question)
    {
        if (options is { RawRepresentationFactory: not null } or { ConversationId: not null } || options?.Tools?.Any(t => t is not AIFunctionDeclaration) is true) return null;
        var written = new JsonArray([.. messages.Select(Message)]);
        var request = new JsonObject
        {
            ["version"] = Version,
            ["provider"] = model.Provider,
            ["model"] = model.Model,
            ["quality_tier"] = policy.QualityTier,
            ["options"] = Options(options),
            ["tools"] = new JsonArray([.. (options?.Tools ?? []).Cast<AIFunctionDeclaration>().Select(Tool)]),
            ["messages"] = written,
        };
        var key = CanonicalJson.Digest(request);
        if (policy.Mode is not CacheMode.Semantic || Split(messages, question) is not var (before, asked, after)) return new CachedRequest { Model = model, Key = key };
        written[^1] = new JsonArray(before, after);
        request["locale"] = policy.Locale;
        request["fixed_words"] = new JsonArray([.. QuestionWords.Fixed(asked).Select(w => (JsonNode)w)]);
        return new CachedRequest { Model = model, Key = key, Scope = CanonicalJson.Digest(request), Question = asked };
    }

    /// <summary>The last message around the question; null when it is none that another may resemble: something else than text, or too long.</summary>
    static (string Before, string Asked, string After)? Split(IReadOnlyList<ChatMessage> messages, string? question)
    {
        if (messages.Count == 0 || messages.Any(m => m.Contents is not [TextContent]) || messages[^1].Role != ChatRole.User) return null;
        var text = messages[^1].Text;
        question ??= text;
        var at = text.LastIndexOf(question, StringComparison.Ordinal);
        return at < 0 || question.Length > MaxQuestionLength || string.IsNullOrWhiteSpace(question) ? null : (text[..at], question, text[(at + question.Length)..]);
    }

    static JsonObject Message(ChatMessage message) => new()
    {
        ["role"] = message.Role.Value,
        ["name"] = message.AuthorName,
        ["contents"] = new JsonArray([.. message.Contents.Select(c => JsonSerializer.SerializeToNode(c, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(AIContent))))]),
    };

    static JsonNode? Options(ChatOptions? options)
    {
        if (options is null) return null;
        var asked = options.Clone();
        asked.AdditionalProperties?.Remove(IdempotencyKey);
        if (asked.AdditionalProperties is { Count: 0 }) asked.AdditionalProperties = null;
        return JsonSerializer.SerializeToNode(asked, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatOptions)));
    }

    static JsonObject Tool(AIFunctionDeclaration tool) => new()
    {
        ["name"] = tool.Name,
        ["description"] = tool.Description,
        ["schema"] = JsonNode.Parse(tool.JsonSchema.GetRawText()),
    };
}
