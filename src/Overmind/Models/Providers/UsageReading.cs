using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Overmind.Models.Providers;

/// <summary>
/// Reads what providers counted. OpenAI's input holds what was cached, Anthropic's does not; each says the kinds of tokens in its own words.
/// A count that cannot be (less than 0, no number) is one that was not reported.
/// </summary>
static class UsageReading
{
    /// <summary>Tiers that cost what a call costs without one.</summary>
    static readonly string[] UsualTiers = ["default", "standard", "auto", "on_demand"];

    /// <summary>Null when the provider did not count.</summary>
    public static TokenCounts? Of(ChatResponse response) =>
        Of(response.Usage, response.AdditionalProperties is { } known && known.TryGetValue(RawUsage.Name, out var raw) ? raw as JsonObject : null);

    /// <param name="counted">As the provider's library read it, of which the input is the whole.</param>
    /// <param name="raw">As the provider said it; null where it is not known.</param>
    public static TokenCounts? Of(UsageDetails? counted, JsonObject? raw)
    {
        var counts = raw is null ? null
            : raw.ContainsKey("prompt_tokens") ? OfOpenai(raw)
            : raw.ContainsKey("input_tokens") ? OfAnthropic(raw)
            : null;
        if (counts is null && counted is { InputTokenCount: { } input, OutputTokenCount: { } output })
            counts = new TokenCounts { Input = input, Output = output, Cached = counted.CachedInputTokenCount, Reasoning = counted.ReasoningTokenCount };
        return counts is null || IsImpossible(counts) ? null : counts with { ServiceTier = counts.ServiceTier ?? Tier(raw), Raw = raw };
    }

    static TokenCounts? OfOpenai(JsonObject raw)
    {
        if (Count(raw, "prompt_tokens") is not { } input || Count(raw, "completion_tokens") is not { } output) return null;
        var (prompt, answer) = (raw["prompt_tokens_details"] as JsonObject, raw["completion_tokens_details"] as JsonObject);
        return new TokenCounts
        {
            Input = input,
            Output = output,
            // DeepSeek has a word of its own for them.
            Cached = Count(prompt, "cached_tokens") ?? Count(raw, "prompt_cache_hit_tokens"),
            CacheWrite = Count(prompt, "cache_write_tokens"),
            Reasoning = Count(answer, "reasoning_tokens"),
            AudioInput = Count(prompt, "audio_tokens"),
            AudioOutput = Count(answer, "audio_tokens"),
            ImageInput = Count(prompt, "image_tokens"),
            ImageOutput = Count(answer, "image_tokens"),
            WebSearches = Count(raw, "num_search_queries"),
        };
    }

    static TokenCounts? OfAnthropic(JsonObject raw)
    {
        if (Count(raw, "input_tokens") is not { } fresh || Count(raw, "output_tokens") is not { } output) return null;
        var (cached, written) = (Count(raw, "cache_read_input_tokens"), Count(raw, "cache_creation_input_tokens"));
        var hour = Count(raw["cache_creation"] as JsonObject, "ephemeral_1h_input_tokens");
        return new TokenCounts
        {
            Input = fresh + (cached ?? 0) + (written ?? 0),
            Output = output,
            Cached = cached,
            CacheWrite = written - (hour ?? 0),
            CacheWriteHour = hour,
            Reasoning = Count(raw["output_tokens_details"] as JsonObject, "thinking_tokens"),
            WebSearches = Count(raw["server_tool_use"] as JsonObject, "web_search_requests"),
        };
    }

    static string? Tier(JsonObject? raw) =>
        raw?["service_tier"] is JsonValue value && value.TryGetValue<string>(out var tier) && tier.Length is > 0 and <= 64 && !UsualTiers.Contains(tier) ? tier : null;

    static bool IsImpossible(TokenCounts counts) => ((long?[])
    [
        counts.Input, counts.Output, counts.Cached, counts.CacheWrite, counts.CacheWriteHour, counts.Reasoning, counts.AudioInput, counts.AudioOutput,
        counts.ImageInput, counts.ImageOutput, counts.WebSearches,
    ]).Any(count => count < 0);

    static long? Count(JsonObject? counts, string name) =>
        counts?[name] is JsonValue value && value.GetValueKind() is JsonValueKind.Number && value.TryGetValue<JsonElement>(out var element)
        && element.TryGetInt64(out var count) ? count : null;
}
