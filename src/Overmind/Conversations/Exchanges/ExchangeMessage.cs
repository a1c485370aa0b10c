using System.Text.Json.Nodes;

namespace Overmind.Conversations.Exchanges;

/// <summary>A message of an exchange, to be kept.</summary>
public sealed record ExchangeMessage
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required MessageRole Role { get; init; }

    /// <summary>Its text, by which it is known again: 1 character to 1 MiB in UTF-8.</summary>
    public required string Content { get; init; }

    /// <summary>What is more than text, with a <c>type</c>; null for plain text.</summary>
    public JsonObject? ContentParts { get; init; }

    /// <summary>Calls of tools: <c>[{"id", "name", "arguments"}]</c>; null for none.</summary>
    public JsonArray? Tools { get; init; }

    /// <summary>The model that answered, as <c>offline/offline</c>.</summary>
    public string? ModelUsed { get; init; }

    /// <summary>Tokens it took to make, in and out.</summary>
    public long? TokensUsed { get; init; }

    /// <summary>Milliseconds it took to make.</summary>
    public int? LatencyMs { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    internal JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["role"] = LowerSnake.Write(Role),
        ["content"] = Content,
        ["content_parts"] = ContentParts?.DeepClone(),
        ["tools"] = Tools?.DeepClone(),
        ["model_used"] = ModelUsed,
        ["tokens_used"] = TokensUsed is { } tokens ? (int)Math.Min(tokens, int.MaxValue) : null,
        ["latency_ms"] = LatencyMs,
        ["metadata"] = new JsonObject((Metadata ?? new Dictionary<string, string>()).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
    };
}
