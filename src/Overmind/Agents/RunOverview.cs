namespace Overmind.Agents;

/// <summary>A run in a list, with the conversation it belongs to.</summary>
public sealed record RunOverview
{
    public Guid Id { get; init; }

    public Guid ConversationId { get; init; }

    public string Title { get; init; } = "";

    public string RunStatus { get; init; } = "";

    /// <summary>0 to 10; null when nothing is scored.</summary>
    public double? BestScore { get; init; }

    public double QualityThreshold { get; init; }

    public int N2Iterations { get; init; }

    public int MaxN2Iterations { get; init; }

    /// <summary>In and out.</summary>
    public long Tokens { get; init; }

    /// <summary>In US dollars; null when any part is unknown.</summary>
    public decimal? CostUsd { get; init; }

    public bool IsOffline { get; init; }

    /// <summary>Milliseconds; null until it has ended.</summary>
    public long? LatencyMs { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public RunStatus Status => LowerSnake.Read<RunStatus>(RunStatus)!.Value;
}
