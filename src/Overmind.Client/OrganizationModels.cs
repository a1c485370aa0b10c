namespace Overmind.Client;

/// <summary>The models of an organization by the part they take in a run, each as <c>provider/model</c>; null: its default model.</summary>
public sealed record OrganizationModels
{
    public string? Agents { get; init; }

    public string? Synthesis { get; init; }

    public string? Judge { get; init; }
}
