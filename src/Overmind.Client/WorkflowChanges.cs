using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overmind.Client;

/// <summary>What is to change in a version of a workflow; what is null stays as it is. The limits are those of <see cref="NewWorkflow"/>.</summary>
public sealed record WorkflowChanges
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Category { get; init; }

    public string? ExecutionMode { get; init; }

    public double? QualityThreshold { get; init; }

    public int? MaxN2Iterations { get; init; }

    public decimal? CostCapUsd { get; init; }

    public int? DeadlineSeconds { get; init; }

    public string? SynthesisModel { get; init; }

    public string? JudgeModel { get; init; }

    public JsonElement? Settings { get; init; }

    /// <summary>All agents.</summary>
    public IReadOnlyList<string>? Agents { get; init; }

    public bool? IsPublic { get; init; }

    /// <summary>
    /// Members to be set to nothing, by their JSON names: <c>description</c>, <c>category</c>, <c>quality_threshold</c>, <c>max_n2_iterations</c>,
    /// <c>cost_cap_usd</c>, <c>deadline_seconds</c>, <c>synthesis_model</c>, <c>judge_model</c>.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> Clear { get; init; } = [];

    /// <summary>The <see cref="Workflow.UpdatedAt"/> it must still have; null: whatever it is. For a change, not for a new version.</summary>
    [JsonIgnore]
    public DateTimeOffset? UnchangedSince { get; init; }
}
