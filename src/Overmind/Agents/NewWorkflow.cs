using Overmind.Errors;
using Overmind.Models;

namespace Overmind.Agents;

/// <summary>A workflow to be made, or a version of one.</summary>
public sealed record NewWorkflow
{
    /// <summary>Given beforehand, so that making it twice makes one. Default: a new one.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>1 to 100 of <c>a-z 0-9 _ -</c>, the first a letter or digit; unique in the organization.</summary>
    public required string Key { get; init; }

    /// <summary>1 to 255 characters.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 10,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>1 to 100 characters.</summary>
    public string? Category { get; init; }

    public ExecutionMode ExecutionMode { get; init; }

    /// <summary>0 to 10; null: the organization's.</summary>
    public double? QualityThreshold { get; init; }

    /// <summary>1 to 20; null: the organization's.</summary>
    public int? MaxN2Iterations { get; init; }

    /// <summary>Above 0, in US dollars; null: the organization's.</summary>
    public decimal? CostCapUsd { get; init; }

    /// <summary>1 to 604,800 (a week); null: the organization's.</summary>
    public int? DeadlineSeconds { get; init; }

    public ModelReference? SynthesisModel { get; init; }

    public ModelReference? JudgeModel { get; init; }

    /// <summary>A JSON object.</summary>
    public string? Settings { get; init; }

    /// <summary>Keys of active agents, in order: 1 to 20, each once.</summary>
    public required IReadOnlyList<string> Agents { get; init; }

    public bool IsPublic { get; init; }

    /// <summary>Of a copy: what it is a copy of.</summary>
    internal (string Key, int Version)? Origin { get; init; }

    internal void Check()
    {
        var checks = new Checks();
        WorkflowRules.Check(
            ref checks, Key, Name, Description, Category, QualityThreshold, MaxN2Iterations, CostCapUsd, DeadlineSeconds, Settings, Agents);
        checks.ThrowIfAny();
    }
}
