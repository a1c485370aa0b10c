using Overmind.Usage.Cache;

namespace Overmind.Agents;

/// <summary>How a call in the playground came out, as the ledger has it.</summary>
public sealed record PlaygroundResult
{
    /// <summary>Why there is no whole answer; null: there is one.</summary>
    public string? Error { get; init; }

    /// <summary>Which failure of the model that was, a word of the error catalogue; null where that is not known.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>True when the caller stopped it.</summary>
    public required bool IsStopped { get; init; }

    /// <summary>How the answer breaks the agent's output format; null: it keeps it, or there is no agent.</summary>
    public string? FormatError { get; init; }

    public required long TokensInput { get; init; }

    public required long TokensOutput { get; init; }

    /// <summary>In US dollars; null: the model's price is unknown.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>True when the provider did not count.</summary>
    public required bool IsEstimated { get; init; }

    /// <summary>How the answer was found in the response cache, which cost nothing; null: the model was asked.</summary>
    public CacheHitKind? Cache { get; init; }

    /// <summary>From the call to the end of the answer.</summary>
    public required long LatencyMs { get; init; }
}
