namespace Overmind.Memory.Consolidation;

/// <summary>What was consolidated, or would be.</summary>
public sealed record MemoryConsolidation
{
    /// <summary>Always <c>memory.consolidation</c>.</summary>
    public string Object { get; } = "memory.consolidation";

    public required bool DryRun { get; init; }

    /// <summary>How many memories another one took the place of, because it says the same.</summary>
    public required int Merged { get; init; }

    /// <summary>How many a summary took the place of.</summary>
    public required int Summarized { get; init; }

    /// <summary>Of how many events a fact took the place, because they happened again and again.</summary>
    public required int Abstracted { get; init; }

    public required long TokensSaved { get; init; }

    /// <summary>The first 20 that became one.</summary>
    public required IReadOnlyList<PlannedConsolidation> Groups { get; init; }
}
