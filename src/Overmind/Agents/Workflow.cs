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

    /// <summary>One version of a key is active; runs use that one.</summary>
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

    /// <summary>The keys of its agents, in order.</summary>
    public required IReadOnlyList<string> Agents { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
