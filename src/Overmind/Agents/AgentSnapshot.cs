using Overmind.Models;

namespace Overmind.Agents;

/// <summary>An agent as a run uses it: frozen when the run is made, so that a later edit never changes a resume.</summary>
public sealed record AgentSnapshot
{
    /// <summary>The agent's row in <c>agent_configurations</c>.</summary>
    public required Guid Id { get; init; }

    /// <summary>Unique in the workflow; the last part of its step keys, for example <c>creative</c>.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public required string Goal { get; init; }

    public required string Backstory { get; init; }

    public required OutputFormat OutputFormat { get; init; }

    /// <summary>The JSON Schema that its answers are held to; null for none, and in snapshots from before there were any.</summary>
    public string? OutputSchema { get; init; }

    public required ModelReference Model { get; init; }

    /// <summary>0 to 2.</summary>
    public required double Temperature { get; init; }

    /// <summary>The most tokens one answer may have.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>It may hand one sub-question of each answer to another agent of the workflow.</summary>
    public bool AllowDelegation { get; init; }

    /// <summary>Its full prompts are kept with its steps.</summary>
    public bool Verbose { get; init; }
}
