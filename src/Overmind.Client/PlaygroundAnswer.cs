namespace Overmind.Client;

/// <summary>What came of a call in the playground.</summary>
public sealed record PlaygroundAnswer
{
    /// <summary>Of the call's row in the ledger.</summary>
    public required Guid Id { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>Null: the prompt was asked as it is.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>What was answered, as far as it came.</summary>
    public required string Output { get; init; }

    /// <summary>Why that is not the whole answer; null: it is.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Which failure of the model that was, as <c>model_rate_limited</c>; null where it is not known.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>How the answer breaks the agent's output format; null: it keeps it, or there is no agent.</summary>
    public string? FormatError { get; init; }

    /// <summary>True: the offline model answered, which extracts instead of thinking.</summary>
    public required bool IsOffline { get; init; }

    public required long TokensInput { get; init; }

    public required long TokensOutput { get; init; }

    /// <summary>In US dollars; null when the price is unknown.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>True when the provider did not count.</summary>
    public required bool IsEstimated { get; init; }

    /// <summary><c>exact</c> or <c>semantic</c>: found in the response cache, and free. It is reported to be wrong by <see cref="Id"/>. Null: the model was asked.</summary>
    public string? Cache { get; init; }

    /// <summary>From the call to the end of the answer.</summary>
    public required long LatencyMs { get; init; }
}
