using System.Text.Json.Nodes;

namespace Overmind.Models;

/// <summary>
/// What a call used, counted the same way for every provider: the input holds what was cached, and the output the reasoning, as OpenTelemetry's
/// conventions have it. What is null the provider did not say.
/// </summary>
sealed record TokenCounts
{
    /// <summary>A call that the provider refused: it used nothing.</summary>
    public static TokenCounts None { get; } = new() { Input = 0, Output = 0 };

    /// <summary>Tokens of the prompt, all of them.</summary>
    public required long Input { get; init; }

    /// <summary>Tokens of the answer, all of them.</summary>
    public required long Output { get; init; }

    /// <summary>Part of the input: read from the provider's cache.</summary>
    public long? Cached { get; init; }

    /// <summary>Part of the input: written to the provider's cache, for five minutes or as long as it does.</summary>
    public long? CacheWrite { get; init; }

    /// <summary>Part of the input: written to the provider's cache for an hour.</summary>
    public long? CacheWriteHour { get; init; }

    /// <summary>Part of the output.</summary>
    public long? Reasoning { get; init; }

    /// <summary>Part of the input.</summary>
    public long? AudioInput { get; init; }

    /// <summary>Part of the output.</summary>
    public long? AudioOutput { get; init; }

    /// <summary>Part of the input.</summary>
    public long? ImageInput { get; init; }

    /// <summary>Part of the output.</summary>
    public long? ImageOutput { get; init; }

    /// <summary>Searches that the provider made.</summary>
    public long? WebSearches { get; init; }

    /// <summary>The tier that served it, as <c>priority</c>; null: the usual one.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>As the provider said it.</summary>
    public JsonObject? Raw { get; init; }
}
