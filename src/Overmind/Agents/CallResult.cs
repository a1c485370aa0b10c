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

    /// <summary>What the ledger states.</summary>
    public CallUsage Usage()
    {
        var outcome = Failure switch
        {
            null => CallOutcome.Succeeded,
            OperationCanceledException => CallOutcome.Stopped,
            _ => CallOutcome.Failed,
        };
        return CallUsage.Of(outcome, Counted, Call.Lookup, Latency, hasAnswered: Text.Length > 0, () => Call.Estimate(outcome, Text));
    }
}
