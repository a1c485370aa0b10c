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

    /// <summary>Messages in it, deleted ones not counted.</summary>
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

    public required DateTimeOffset LastActivityAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
