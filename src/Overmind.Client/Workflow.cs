using System.Text.Json;

namespace Overmind.Client;

/// <summary>A version of a workflow of the organization.</summary>
public sealed record Workflow
{
    public required Guid Id { get; init; }

    /// <summary>The same for all versions.</summary>
    public required string Key { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>One version of a key is active; runs use that one unless they name another.</summary>
    public required bool IsActive { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? Category { get; init; }

    /// <summary><c>parallel</c> or <c>sequential</c>.</summary>
    public required string ExecutionMode { get; init; }

    public double? QualityThreshold { get; init; }

    public int? MaxN2Iterations { get; init; }

    public decimal? CostCapUsd { get; init; }

    public int? DeadlineSeconds { get; init; }

    public string? SynthesisModel { get; init; }

    public string? JudgeModel { get; init; }

    public required JsonElement Settings { get; init; }

    /// <summary>The keys of its agents, in order.</summary>
    public required IReadOnlyList<string> Agents { get; init; }

    public required bool IsPublic { get; init; }

    public required bool IsTemplate { get; init; }

    /// <summary>Runs it had; a few seconds old.</summary>
    public required long UsageCount { get; init; }

    /// <summary>Mean of its ratings, 1 to 5; null while there is none.</summary>
    public double? Rating { get; init; }

    public required long RatingCount { get; init; }

    /// <summary>One's own, 1 to 5; null: none yet.</summary>
    public int? MyRating { get; init; }

    public string? OriginKey { get; init; }

    public int? OriginVersion { get; init; }

    public Guid? CreatedBy { get; init; }

    /// <summary>When it was first active or used by a run; null: a draft.</summary>
    public DateTimeOffset? FrozenAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
