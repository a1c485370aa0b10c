using System.Text.Json.Serialization;

namespace Overmind.Conversations;

/// <summary>A conversation of one person, or of the whole organization.</summary>
public sealed record Conversation
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>conversation</c>.</summary>
    public string Object { get; } = "conversation";

    /// <summary>1 to 500 characters; made from the first message of a user when nobody gave one.</summary>
    public required string Title { get; init; }

    /// <summary>The owner.</summary>
    public required Guid UserId { get; init; }

    public required Visibility Visibility { get; init; }

    public Guid? ProjectId { get; init; }

    public required ConversationStatus Status { get; init; }

    /// <summary>Messages in it, deleted ones not counted.</summary>
    public required int MessageCount { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public string? Folder { get; init; }

    /// <summary>At most 16 pairs of text.</summary>
    public required JsonText Metadata { get; init; }

    /// <summary>The workflow its runs use unless they name another; null: the installation's.</summary>
    public Guid? WorkflowId { get; init; }

    /// <summary>0 to 10; null: the workflow's.</summary>
    public double? QualityThreshold { get; init; }

    /// <summary>1 to 20; null: the workflow's.</summary>
    public int? MaxN2Iterations { get; init; }

    /// <summary>The most one run may cost, in US dollars; in JSON a decimal string. Null: the workflow's.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? CostCapUsd { get; init; }

    public required DateTimeOffset LastActivityAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
