namespace Overmind.Agents;

/// <summary>The models of an organization by the part they take in a run, each as <c>provider/model</c>; null: its default model.</summary>
public sealed record OrganizationModels
{
    /// <summary>Of agents that have none of their own.</summary>
    public string? Agents { get; init; }

    /// <summary>Observes, distils and assembles.</summary>
    public string? Synthesis { get; init; }

    /// <summary>Inspects; null: whichever synthesizes.</summary>
    public string? Judge { get; init; }
}
