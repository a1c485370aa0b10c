namespace Overmind.Conversations;

/// <summary>What of a branch a model is given, and how much room there is.</summary>
public sealed record ContextWindow
{
    /// <summary>Always <c>context_window</c>.</summary>
    public string Object { get; } = "context_window";

    public required Guid ConversationId { get; init; }

    /// <summary>0: the trunk.</summary>
    public required int Branch { get; init; }

    /// <summary>Tokens that it holds: the conversation's max_context_tokens, else what the registry knows of its model, else 8,000.</summary>
    public required long MaxTokens { get; init; }

    /// <summary>Tokens at which it is pruned, and the most that a run reads: max_tokens times prune_margin_ratio.</summary>
    public required long MarginTokens { get; init; }

    public required long SystemTokens { get; init; }

    public required long PinnedTokens { get; init; }

    public required long SummaryTokens { get; init; }

    /// <summary>Of all other messages.</summary>
    public required long MessageTokens { get; init; }

    public required long TotalTokens { get; init; }

    /// <summary>What is left of <see cref="MaxTokens"/>; 0 where there is more than it holds.</summary>
    public required long FreeTokens { get; init; }

    /// <summary>Whether one of these numbers is an estimate.</summary>
    public required bool IsEstimated { get; init; }

    /// <summary>How many messages are in it.</summary>
    public required int MessageCount { get; init; }

    public required bool AutoPrune { get; init; }

    public required PruneStrategy PruneStrategy { get; init; }

    /// <summary>When messages last left; null: none has.</summary>
    public DateTimeOffset? PrunedAt { get; init; }

    public ContextSummary? Summary { get; init; }

    /// <summary>The newest of its messages, oldest of them first.</summary>
    public required IReadOnlyList<ContextMessage> Messages { get; init; }

    /// <summary>Whether there are earlier ones in it.</summary>
    public required bool HasMore { get; init; }
}
