namespace Overmind.Client;

/// <summary>A step's call made again with another model, to compare. It changes nothing in the run.</summary>
public sealed record StepReplay
{
    public required Guid Id { get; init; }

    public required Guid RunId { get; init; }

    public required Guid StepId { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required double Temperature { get; init; }

    /// <summary><c>queued</c>, <c>running</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    public string? Output { get; init; }

    /// <summary>Why it failed, or why its verdict cannot be read.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Of a replayed inspection, 0 to 10.</summary>
    public double? Score { get; init; }

    public required long TokensInput { get; init; }

    public required long TokensOutput { get; init; }

    /// <summary>In US dollars; null when the price is unknown.</summary>
    public decimal? CostUsd { get; init; }

    public required bool IsEstimated { get; init; }

    public int? LatencyMs { get; init; }

    public Guid? RequestedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool IsEnded => Status is "succeeded" or "failed";
}
