using Overmind.Models;
using Overmind.Usage;

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
    public TokenCounts? Counted { get; init; }

    public required TimeSpan Latency { get; init; }

    /// <summary>Null when the model answered.</summary>
    public Exception? Failure { get; init; }

    /// <summary>The attempt, to be priced and settled.</summary>
    public EndedCall Ended => new(Call.Step.LedgerId, Call.Planned.Model, Usage());

    int Milliseconds => (int)Math.Min(Latency.TotalMilliseconds, int.MaxValue);

    /// <summary>What the ledger states. A failed call without any text is taken as one that the provider refused.</summary>
    public CallUsage Usage()
    {
        var outcome = Failure switch
        {
            null => CallOutcome.Succeeded,
            OperationCanceledException => CallOutcome.Stopped,
            _ => CallOutcome.Failed,
        };
        if (Failure is null && Call.Lookup is { Kind: not null } hit) return CallUsage.Cached(hit) with { LatencyMs = Milliseconds };
        var usage = Counted is { } counts ? new CallUsage { Counts = counts, Outcome = outcome }
            : outcome is CallOutcome.Failed && Text.Length == 0 ? CallUsage.Nothing
            : Call.Estimate(outcome, Text);
        return usage with { LatencyMs = Milliseconds, Lookup = Call.Lookup };
    }
}
