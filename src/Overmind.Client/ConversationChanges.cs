using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in a conversation; what is null stays as it is.</summary>
public sealed record ConversationChanges
{
    /// <summary>1 to 500 characters.</summary>
    public string? Title { get; init; }

    /// <summary><c>active</c> or <c>archived</c>.</summary>
    public string? Status { get; init; }

    /// <summary><c>private</c> or <c>organization</c>.</summary>
    public string? Visibility { get; init; }

    /// <summary>All tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    public string? Folder { get; init; }

    /// <summary>All metadata, replacing what is there.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public Guid? WorkflowId { get; init; }

    public double? QualityThreshold { get; init; }

    public int? MaxN2Iterations { get; init; }

    public decimal? CostCapUsd { get; init; }

    /// <summary>
    /// Members to be set to nothing, by their JSON names: <c>folder</c>, <c>workflow_id</c>, <c>quality_threshold</c>,
    /// <c>max_n2_iterations</c>, <c>cost_cap_usd</c>.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="Conversation.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
