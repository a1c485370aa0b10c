namespace Overmind.Agents;

/// <summary>The prompt texts of a run, kept in its snapshot so that an edit never changes a resume.</summary>
public sealed record PromptTemplates
{
    /// <summary>Raised with each change of a text.</summary>
    public required int Version { get; init; }
}
