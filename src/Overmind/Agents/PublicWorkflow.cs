using System.Text.Json.Serialization;

namespace Overmind.Agents;

/// <summary>What an organization shows of a workflow that it has published: the active version, and its agents.</summary>
public sealed record PublicWorkflow
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>public_workflow</c>.</summary>
    public string Object { get; } = "public_workflow";

    /// <summary>Who published it.</summary>
    public required string OrganizationName { get; init; }

    public required string Key { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? Category { get; init; }

    [JsonConverter(typeof(LowerSnakeEnum<ExecutionMode>))]
    public required ExecutionMode ExecutionMode { get; init; }

    public double? QualityThreshold { get; init; }

    public int? MaxN2Iterations { get; init; }

    /// <summary>In order, each with <c>id, key, name, role, goal, backstory, output_format, output_schema, temperature, max_tokens</c>.</summary>
    public required JsonText Agents { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
