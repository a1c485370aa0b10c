namespace Overmind.Agents;

/// <summary>What is different in one version of a workflow from another.</summary>
public sealed record WorkflowDiff
{
    /// <summary>Always <c>workflow.diff</c>.</summary>
    public string Object { get; } = "workflow.diff";

    public required string Key { get; init; }

    /// <summary>The version that is compared with.</summary>
    public required int From { get; init; }

    public required int To { get; init; }

    /// <summary>Members of the workflow, agents apart.</summary>
    public required IReadOnlyList<FieldChange> Fields { get; init; }

    /// <summary>Keys of agents that only the newer one has, in its order.</summary>
    public required IReadOnlyList<string> AgentsAdded { get; init; }

    public required IReadOnlyList<string> AgentsRemoved { get; init; }

    /// <summary>Those of both that stand in another place among them.</summary>
    public required IReadOnlyList<AgentMove> AgentsMoved { get; init; }

    /// <summary>What agents of both said of themselves in the newest run of each version that the caller sees; empty where a version has none.</summary>
    public required IReadOnlyList<AgentChange> AgentChanges { get; init; }
}
