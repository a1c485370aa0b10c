namespace Overmind.Client;

/// <summary>How many memories there are.</summary>
/// <param name="Count">All together.</param>
/// <param name="Groups">By type and owner, the largest first.</param>
public sealed record MemoryStats(long Count, IReadOnlyList<MemoryGroup> Groups);
