namespace Overmind.Conversations;

/// <summary>Which messages a summary takes the place of, and the window as it was when they were chosen.</summary>
sealed record SummaryPlan
{
    public required long AfterSeq { get; init; }

    public required long[] KeptSeqs { get; init; }

    public required Guid[] LeftIds { get; init; }

    public required long LeftTokens { get; init; }

    /// <summary><c>summarize</c> or <c>hybrid</c>, as the conversation says.</summary>
    public required string Strategy { get; init; }

    /// <summary>When the window was last pruned; null: never.</summary>
    public DateTime? PrunedAt { get; init; }

    /// <summary>What was summarized before, and is summed up with the rest.</summary>
    public string? Summary { get; init; }

    /// <summary>Of what the messages said.</summary>
    public string? Digest { get; init; }
}
