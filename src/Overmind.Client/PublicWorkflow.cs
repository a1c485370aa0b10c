namespace Overmind.Client;

/// <summary>What an organization shows of a workflow that it has published: the active version, and its agents.</summary>
public sealed record PublicWorkflow
{
    public required Guid Id { get; init; }

    public required string OrganizationName { get; init; }

    public required string Key { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? Category { get; init; }

    public required string ExecutionMode { get; init; }

    public double? QualityThreshold { get; init; }

    public int? MaxN2Iterations { get; init; }

    /// <summary>In order.</summary>
    public required IReadOnlyList<PublicWorkflowAgent> Agents { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
