namespace Overmind.Agents;

/// <summary>Which agents of the organization; null: any.</summary>
public sealed record AgentFilter
{
    public bool? Active { get; init; }

    public string? Key { get; init; }

    /// <summary>A text that key, name, role or goal holds, whatever its case.</summary>
    public string? Q { get; init; }
}
