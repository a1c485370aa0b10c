using System.Text.Json;

namespace Overmind.Client;

/// <summary>A conversation.</summary>
public sealed record Conversation
{
    public required Guid Id { get; init; }

    /// <summary>Made from the first message of a user when nobody gave one.</summary>
    public required string Title { get; init; }

    /// <summary>The owner.</summary>
    public required Guid UserId { get; init; }

    /// <summary><c>private</c> or <c>organization</c>.</summary>
    public required string Visibility { get; init; }

    public Guid? ProjectId { get; init; }

    /// <summary><c>active</c> or <c>archived</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The branch that is shown and goes on; 0: the trunk.</summary>
    public required int ActiveBranch { get; init; }

    /// <summary>Messages in all its branches, deleted ones not counted.</summary>
    public required int MessageCount { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public string? Folder { get; init; }

    /// <summary>An object with text values.</summary>
    public required JsonElement Metadata { get; init; }

    public Guid? WorkflowId { get; init; }

    /// <summary>0 to 10; null: the workflow's.</summary>
    public double? QualityThreshold { get; init; }

    /// <summary>1 to 20; null: the workflow's.</summary>
    public int? MaxN2Iterations { get; init; }

    /// <summary>The most one run may cost, in US dollars; null: the workflow's.</summary>
    public decimal? CostCapUsd { get; init; }

    /// <summary>The provider of the model that its runs use; null: the workflow's.</summary>
    public string? ModelProvider { get; init; }

    /// <summary>The model; null: the workflow's.</summary>
    public string? ModelName { get; init; }

    /// <summary>Size of the context window, in tokens; null: the model's.</summary>
    public int? MaxContextTokens { get; init; }

    /// <summary>Whether messages leave the window by themselves when it is fuller than <see cref="PruneMarginRatio"/>.</summary>
    public required bool AutoPrune { get; init; }

    /// <summary><c>fifo</c>, <c>sliding_window</c>, <c>summarize</c> or <c>hybrid</c>.</summary>
    public required string PruneStrategy { get; init; }

    /// <summary>Above 0, up to 1.</summary>
    public required double PruneMarginRatio { get; init; }

    /// <summary>Tokens in the window of the active branch.</summary>
    public required long RollingTokens { get; init; }

    /// <summary>When messages last left the window; null: none has.</summary>
    public DateTimeOffset? LastPrunedAt { get; init; }

    /// <summary>The conversation whose messages it began with, which may be gone; null: it began by itself.</summary>
    public Guid? ForkedFromConversationId { get; init; }

    /// <summary>The last of the messages that were copied, as it is called there.</summary>
    public Guid? ForkedFromMessageId { get; init; }

    public required DateTimeOffset LastActivityAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
