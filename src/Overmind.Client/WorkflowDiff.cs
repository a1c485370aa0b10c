using System.Text.Json;

namespace Overmind.Client;

/// <summary>What is different in one version of a workflow from another.</summary>
public sealed record WorkflowDiff
{
    public required string Key { get; init; }

    public required int From { get; init; }

    public required int To { get; init; }

    public required IReadOnlyList<FieldChange> Fields { get; init; }

    public required IReadOnlyList<string> AgentsAdded { get; init; }

    public required IReadOnlyList<string> AgentsRemoved { get; init; }

    public required IReadOnlyList<AgentMove> AgentsMoved { get; init; }

    /// <summary>By the newest run of each version that the caller sees; empty where a version has none.</summary>
    public required IReadOnlyList<AgentChange> AgentChanges { get; init; }

    /// <summary>A member that has another value.</summary>
    public sealed record FieldChange(string Field, JsonElement From, JsonElement To);

    /// <summary>An agent that stands in another place, from 1.</summary>
    public sealed record AgentMove(string Key, int From, int To);

    /// <summary>A member of an agent that has another value.</summary>
    public sealed record AgentChange(string Key, string Field, JsonElement From, JsonElement To);
}
