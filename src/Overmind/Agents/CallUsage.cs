using Microsoft.Extensions.AI;
using Overmind.Models;
using Overmind.Usage;

namespace Overmind.Agents;

/// <summary>What one call used, as its ledger row states it.</summary>
sealed record CallUsage
{
    /// <summary>A call that the provider refused: it used nothing.</summary>
    public static CallUsage Nothing { get; } = new() { TokensInput = 0, TokensOutput = 0, CostUsd = 0 };

    public required long TokensInput { get; init; }

    public required long TokensOutput { get; init; }

    /// <summary>Part of the input; null when the provider did not say.</summary>
    public long? TokensCached { get; init; }

    /// <summary>Part of the output; null when the provider did not say.</summary>
    public long? TokensReasoning { get; init; }

    /// <summary>In US dollars; null when the model's price is unknown.</summary>
    public required decimal? CostUsd { get; init; }

    /// <summary>True when the provider did not count.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>Null for a call that was abandoned.</summary>
    public int? LatencyMs { get; init; }

    /// <summary>As the provider counted; null when it did not.</summary>
    public static CallUsage? Of(ModelReference model, UsageDetails? counted) => counted is { InputTokenCount: { } input, OutputTokenCount: { } output }
        ? new CallUsage
        {
            TokensInput = input,
            TokensOutput = output,
            TokensCached = counted.CachedInputTokenCount,
            TokensReasoning = counted.ReasoningTokenCount,
            CostUsd = ModelPrices.Cost(model, input, output),
        }
        : null;

    /// <summary>Of a call that was made and whose count never came: its prompt, and what it had answered by then.</summary>
    public static CallUsage Estimate(ModelReference model, long tokensInput, string answered)
    {
        var output = TokenEstimate.Of(answered);
        return new CallUsage
        {
            TokensInput = tokensInput,
            TokensOutput = output,
            CostUsd = ModelPrices.Cost(model, tokensInput, output),
            IsEstimated = true,
        };
    }
}
