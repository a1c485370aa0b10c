namespace Overmind.Agents;

/// <summary>What of its conversation the models of an answer were given. What each call was sent besides stands with its step.</summary>
public sealed record ContextSnapshot
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>context_snapshot</c>.</summary>
    public string Object { get; } = "context_snapshot";

    /// <summary>The answer.</summary>
    public required Guid MessageId { get; init; }

    public required Guid RunId { get; init; }

    /// <summary>The agent whose context it was; null: that of all agents of the run.</summary>
    public Guid? AgentId { get; init; }

    public required IReadOnlyList<ContextSegment> Segments { get; init; }

    public required long TotalTokens { get; init; }

    /// <summary>0 to 1: <see cref="TotalTokens"/> as a share of what question and branch took whole; 1: nothing was left out.</summary>
    public required double CompressionRatio { get; init; }

    public required int SegmentCount { get; init; }

    public required int BuildTimeMs { get; init; }

    /// <summary>0 to 3: messages left the window, a summary took their place, more was left out for this run alone.</summary>
    public required int OptimizationCount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
