namespace Overmind.Cli.Ask;

/// <summary>One answered turn, as it stands in the results; in JSON in snake_case.</summary>
sealed record TurnResult
{
    public required string Question { get; init; }

    public required Guid RunId { get; init; }

    /// <summary><c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>As <c>threshold</c>; null for a run that failed before it had one.</summary>
    public string? TerminationReason { get; init; }

    /// <summary>0 to 10; null when nothing was scored.</summary>
    public double? Score { get; init; }

    public required int Iterations { get; init; }

    public required long TokensInput { get; init; }

    public required long TokensOutput { get; init; }

    /// <summary>In US dollars; null when the price is unknown.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Milliseconds from the question to the end.</summary>
    public long? LatencyMs { get; init; }

    /// <summary>True when a model of it was the offline one.</summary>
    public required bool IsOffline { get; init; }

    public string? Answer { get; init; }

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Error { get; init; }
}
