namespace Overmind.Agents;

/// <summary>What the next run of a conversation would use, as things stand.</summary>
public sealed record RunPlan
{
    public required string WorkflowKey { get; init; }

    public required string WorkflowName { get; init; }

    public required int WorkflowVersion { get; init; }

    /// <summary>Their names, in the workflow's order.</summary>
    public required IReadOnlyList<string> Agents { get; init; }

    /// <summary>0 to 10.</summary>
    public required double QualityThreshold { get; init; }

    /// <summary>1 to 20.</summary>
    public required int MaxN2Iterations { get; init; }

    /// <summary>True when any of its models is the offline one.</summary>
    public required bool IsOffline { get; init; }
}
