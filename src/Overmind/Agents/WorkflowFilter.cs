namespace Overmind.Agents;

/// <summary>Which versions of workflows of the organization, in which order; null: any.</summary>
public sealed record WorkflowFilter
{
    public bool? Active { get; init; }

    public string? Key { get; init; }

    public string? Category { get; init; }

    /// <summary>A text that key, name, description or category holds, whatever its case.</summary>
    public string? Q { get; init; }

    public WorkflowSort Sort { get; init; }
}
