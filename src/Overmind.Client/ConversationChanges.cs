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

    /// <summary>The branch to show and to go on with; 0: the trunk.</summary>
    public int? ActiveBranch { get; init; }

    /// <summary>With <see cref="ModelName"/>.</summary>
    public string? ModelProvider { get; init; }

    public string? ModelName { get; init; }

    /// <summary>Size of the context window in tokens, from 1.</summary>
    public int? MaxContextTokens { get; init; }

    public bool? AutoPrune { get; init; }

    /// <summary><c>fifo</c>, <c>sliding_window</c>, <c>summarize</c> or <c>hybrid</c>.</summary>
    public string? PruneStrategy { get; init; }

    /// <summary>Above 0, up to 1.</summary>
    public double? PruneMarginRatio { get; init; }

    /// <summary>
    /// Members to be set to nothing, by their JSON names: <c>folder</c>, <c>workflow_id</c>, <c>quality_threshold</c>,
    /// <c>max_n2_iterations</c>, <c>cost_cap_usd</c>, <c>model_provider</c>, <c>model_name</c>, <c>max_context_tokens</c>.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="Conversation.UpdatedAt"/> it must still have; null: whatever it is.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
