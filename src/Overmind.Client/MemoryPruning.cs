namespace Overmind.Client;

/// <summary>What pruning has forgotten, or would forget.</summary>
/// <param name="DryRun">Whether nothing was forgotten.</param>
/// <param name="Count">How many memories.</param>
/// <param name="Memories">The weakest of them, up to 20.</param>
public sealed record MemoryPruning(bool DryRun, long Count, IReadOnlyList<MemoryItem> Memories);
