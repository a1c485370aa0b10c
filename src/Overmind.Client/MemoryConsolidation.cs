namespace Overmind.Client;

/// <summary>Which memories became one, or would.</summary>
/// <param name="DryRun">Whether nothing was done.</param>
/// <param name="Merged">How many memories another one took the place of, because it says the same.</param>
/// <param name="Summarized">How many a summary took the place of.</param>
/// <param name="Abstracted">How many a fact took the place of, because they happened again and again.</param>
/// <param name="Groups">The first 20 that became one.</param>
public sealed record MemoryConsolidation(bool DryRun, int Merged, int Summarized, int Abstracted, long TokensSaved, IReadOnlyList<ConsolidatedMemories> Groups);
