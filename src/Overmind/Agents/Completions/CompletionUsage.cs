using Overmind.Usage;

namespace Overmind.Agents.Completions;

/// <summary>What a call used, as the ledger has it.</summary>
public sealed record CompletionUsage
{
    /// <summary>All of the prompt.</summary>
    public required long TokensInput { get; init; }

    /// <summary>All of the answer.</summary>
    public required long TokensOutput { get; init; }

    /// <summary>Part of the input; null: the provider did not say.</summary>
    public long? TokensCached { get; init; }

    /// <summary>Part of the output; null: the provider did not say.</summary>
    public long? TokensReasoning { get; init; }

    /// <summary>In US dollars; null: the model's price is unknown.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>True when the provider did not count.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>From the call to the end of the answer.</summary>
    public int? LatencyMs { get; init; }

    internal static CompletionUsage Of(CallUsage usage) => new()
    {
        TokensInput = usage.Counts.Input,
        TokensOutput = usage.Counts.Output,
        TokensCached = usage.Counts.Cached,
        TokensReasoning = usage.Counts.Reasoning,
        CostUsd = usage.CostUsd,
        IsEstimated = usage.IsEstimated,
        LatencyMs = usage.LatencyMs,
    };
}
