namespace Overmind.Memory.Consolidation;

/// <summary>Memories that are to become one.</summary>
/// <param name="Keeps">The one that stays; null: a new one takes the place of all.</param>
/// <param name="Content">What it says.</param>
/// <param name="TokensSaved">Tokens of the others, less those of what is new.</param>
public sealed record PlannedConsolidation(ConsolidationType Type, IReadOnlyList<Guid> Sources, Guid? Keeps, string Content, int TokensSaved)
{
    internal DateTimeOffset From { get; init; }

    internal DateTimeOffset Until { get; init; }
}
