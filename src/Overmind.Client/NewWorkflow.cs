using System.Text.Json;

namespace Overmind.Client;

/// <summary>A workflow to be made. What is null is the organization's.</summary>
public sealed record NewWorkflow
{
    /// <summary>1 to 100 of <c>a-z 0-9 _ -</c>; unique in the organization.</summary>
    public required string Key { get; init; }

    /// <summary>1 to 255 characters.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>1 to 100 characters.</summary>
    public string? Category { get; init; }

    /// <summary><c>parallel</c> (default) or <c>sequential</c>.</summary>
    public string? ExecutionMode { get; init; }

    /// <summary>0 to 10.</summary>
    public double? QualityThreshold { get; init; }

    /// <summary>1 to 20.</summary>
    public int? MaxN2Iterations { get; init; }

    /// <summary>Above 0, in US dollars.</summary>
    public decimal? CostCapUsd { get; init; }

    /// <summary>1 to 604,800.</summary>
    public int? DeadlineSeconds { get; init; }

    public string? SynthesisModel { get; init; }

    public string? JudgeModel { get; init; }

    public JsonElement? Settings { get; init; }

    /// <summary>Keys of active agents, in order: 1 to 20, each once.</summary>
    public required IReadOnlyList<string> Agents { get; init; }

    public bool? IsPublic { get; init; }
}
