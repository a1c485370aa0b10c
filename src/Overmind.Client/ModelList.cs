namespace Overmind.Client;

/// <summary>The models of all providers, the offline one first.</summary>
public sealed record ModelList
{
    public required IReadOnlyList<Model> Data { get; init; }

    /// <summary>The providers whose models are missing, and why.</summary>
    public required IReadOnlyList<ModelListError> Errors { get; init; }
}
