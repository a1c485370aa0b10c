using Microsoft.Extensions.AI;

namespace Overmind.Agents;

/// <summary>How a call came out.</summary>
sealed record CallResult
{
    public required ModelCall Call { get; init; }

    /// <summary>The whole answer, fit to be stored; what there was of it when the call failed.</summary>
    public required string Text { get; init; }

    /// <summary>The model stopped at its token limit.</summary>
    public bool Truncated { get; init; }

    /// <summary>What the provider counted; null when it did not.</summary>
    public UsageDetails? Counted { get; init; }

    public required TimeSpan Latency { get; init; }

    /// <summary>Null when the model answered.</summary>
    public Exception? Failure { get; init; }

    /// <summary>What the ledger states. A failed call without any text is taken as one that the provider refused.</summary>
    public CallUsage Usage()
    {
        var model = Call.Planned.Model;
        var latency = (int)Math.Min(Latency.TotalMilliseconds, int.MaxValue);
        if (CallUsage.Of(model, Counted) is { } counted)
            return counted with { LatencyMs = latency };
        return Failure is not null && Text.Length == 0
            ? CallUsage.Nothing with { LatencyMs = latency }
            : CallUsage.Estimate(model, Call.PromptTokens, Text) with { LatencyMs = latency };
    }
}
