using System.Text.Json.Nodes;
using Overmind.Models;
using Overmind.Models.Tokens;
using Overmind.Usage.Cache;

namespace Overmind.Usage;

/// <summary>What one call used and cost, as its ledger row states it. It is priced by <see cref="CallPrices"/> before it is written.</summary>
sealed record CallUsage
{
    public required TokenCounts Counts { get; init; }

    public required CallOutcome Outcome { get; init; }

    /// <summary>True when the provider did not count.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>Null for a call that was abandoned.</summary>
    public int? LatencyMs { get; init; }

    /// <summary>In US dollars; null when the model's price is unknown, and before it is priced.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>The price it is charged by; null when none is known, and for the offline model.</summary>
    public Guid? PriceId { get; init; }

    /// <summary>What looking into the response cache came to; null: nobody looked.</summary>
    public CacheLookup? Lookup { get; init; }

    /// <summary>A call that the provider refused.</summary>
    public static CallUsage Nothing { get; } = new() { Counts = TokenCounts.None, Outcome = CallOutcome.Failed, CostUsd = 0 };

    /// <summary>A call that the response cache answered.</summary>
    public static CallUsage Cached(CacheLookup hit) => new() { Counts = TokenCounts.None, Outcome = CallOutcome.Cached, CostUsd = 0, Lookup = hit };

    /// <summary>Of a call that has ended. A failed one without any answer is taken as one that the provider refused.</summary>
    /// <param name="counted">What the provider counted; null when it did not.</param>
    /// <param name="lookup">What looking into the response cache came to; null: nobody looked.</param>
    /// <param name="estimate">What it counts for when nobody says.</param>
    public static CallUsage Of(CallOutcome outcome, TokenCounts? counted, CacheLookup? lookup, TimeSpan latency, bool hasAnswered, Func<CallUsage> estimate)
    {
        var milliseconds = (int)Math.Min(latency.TotalMilliseconds, int.MaxValue);
        if (outcome is CallOutcome.Succeeded && lookup is { Kind: not null }) return Cached(lookup) with { LatencyMs = milliseconds };
        var usage = counted is not null ? new CallUsage { Counts = counted, Outcome = outcome }
            : outcome is CallOutcome.Failed && !hasAnswered ? Nothing
            : estimate();
        return usage with { LatencyMs = milliseconds, Lookup = lookup };
    }

    /// <summary>Of a call that was made and whose count never came: its prompt, and what it had answered by then.</summary>
    public static CallUsage Estimate(CallOutcome outcome, ModelReference model, long tokensInput, string answered) => new()
    {
        Counts = new TokenCounts { Input = tokensInput, Output = TokenCount.Of(model, answered) },
        Outcome = outcome,
        IsEstimated = true,
    };

    /// <summary>The row's members that are known once the call has ended, by their columns.</summary>
    public JsonObject Columns() => new()
    {
        ["tokens_input"] = Counts.Input,
        ["tokens_output"] = Counts.Output,
        ["tokens_cached"] = Counts.Cached,
        ["tokens_cache_write"] = Counts.CacheWrite,
        ["tokens_cache_write_1h"] = Counts.CacheWriteHour,
        ["tokens_reasoning"] = Counts.Reasoning,
        ["tokens_audio_input"] = Counts.AudioInput,
        ["tokens_audio_output"] = Counts.AudioOutput,
        ["tokens_image_input"] = Counts.ImageInput,
        ["tokens_image_output"] = Counts.ImageOutput,
        ["web_searches"] = Counts.WebSearches,
        ["service_tier"] = Counts.ServiceTier,
        ["outcome"] = LowerSnake.Write(Outcome),
    };
}
