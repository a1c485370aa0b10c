namespace Overmind.Client;

/// <summary>The models of a run, as <c>offline/offline</c>.</summary>
public sealed record RunModels
{
    /// <summary>Of all agents.</summary>
    public string? Agents { get; init; }

    /// <summary>Observes, distils and assembles.</summary>
    public string? Synthesis { get; init; }

    /// <summary>Inspects.</summary>
    public string? Judge { get; init; }
}
