using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>A version of a workflow of the organization: its agents in order, and how they are run.</summary>
public sealed record Workflow
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>workflow</c>.</summary>
    public string Object { get; } = "workflow";

    /// <summary>The same for all versions, as <c>general-problem-solving</c>.</summary>
    public required string Key { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>One version of a key is active; runs use that one unless they name another.</summary>
    public required bool IsActive { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? Category { get; init; }

    [JsonConverter(typeof(LowerSnakeEnum<ExecutionMode>))]
    public required ExecutionMode ExecutionMode { get; init; }

    /// <summary>0 to 10; null: the organization's.</summary>
    public double? QualityThreshold { get; init; }

    /// <summary>1 to 20; null: the organization's.</summary>
    public int? MaxN2Iterations { get; init; }

    /// <summary>The most one run may cost, in US dollars; in JSON a decimal string. Null: the organization's.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public decimal? CostCapUsd { get; init; }

    /// <summary>Seconds; null: the organization's.</summary>
    public int? DeadlineSeconds { get; init; }

    /// <summary>Observes, distils and assembles, as <c>offline/offline</c>; null: the run's.</summary>
    public string? SynthesisModel { get; init; }

    /// <summary>Inspects; null: the run's.</summary>
    public string? JudgeModel { get; init; }

    /// <summary>Whatever else the organization keeps with it, a JSON object.</summary>
    public required JsonText Settings { get; init; }

    /// <summary>The keys of its agents, in order.</summary>
    public required IReadOnlyList<string> Agents { get; init; }

    /// <summary>Whether other organizations of the installation may read and copy it, and its agents with it.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>Whether it came with the product.</summary>
    public required bool IsTemplate { get; init; }

    /// <summary>Runs it had; a few seconds old.</summary>
    public required long UsageCount { get; init; }

    /// <summary>Mean of its ratings, 1 to 5; null while there is none.</summary>
    public double? Rating { get; init; }

    public required long RatingCount { get; init; }

    /// <summary>The caller's own, 1 to 5; null: none yet.</summary>
    public int? MyRating { get; init; }

    /// <summary>What it is a copy of: the key of a system workflow, or the id of another organization's workflow.</summary>
    public string? OriginKey { get; init; }

    public int? OriginVersion { get; init; }

    /// <summary>The member who made it; null: it came with the product.</summary>
    public Guid? CreatedBy { get; init; }

    /// <summary>When it was first active or used by a run: what a run does by it is not changed any more. Null: a draft.</summary>
    public DateTimeOffset? FrozenAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
